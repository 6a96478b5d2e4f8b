-- The platform cancels a paid order that its shop did not ship in time, unless the courier comes for it by now. Its
-- money and its units are still to go back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
SELECT refuse('too late to cancel') FROM orders
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status >= 100 AND order_status <> 550
AND NOT (is_held = 0 AND partial_process = 0 AND (order_status BETWEEN 220 AND 400
  OR order_status = 450 AND update_time > time_text((now() - :ship_after) / 1000000 + 25200)));
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, (SELECT coalesce(max(seq), 0) FROM order_history WHERE order_id = o.order_id) + 1,
  10, 'system',
  time_text(now() / 1000000 + 25200)
FROM orders o
WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND o.order_status BETWEEN 220 AND 450;
UPDATE orders SET order_status = 10, stock_return = 2, cancel_by = 'system', cancel_reason = 'not shipped in time',
  cancel_time = time_text(now() / 1000000 + 25200),
  update_time = time_text(now() / 1000000 + 25200)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 220 AND 450;
SELECT 'cancelled' AS status, 1 AS gives_back;
