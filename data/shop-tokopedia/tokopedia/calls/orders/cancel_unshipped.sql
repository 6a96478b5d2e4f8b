-- The platform cancels a paid order that its shop did not ship in time, unless the courier comes
-- for it by now.
-- Its money and its units are still to go back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
SELECT refuse('too late to cancel') FROM orders
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status >= 100 AND order_status <> 550
AND NOT (is_held = 0 AND partial_process = 0 AND (order_status BETWEEN 220 AND 400
  OR order_status = 450 AND update_time > local_text((now() - :ship_after) / 1000000)));
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 10, 'system', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 220 AND 450;
UPDATE orders SET order_status = 10, stock_return = 2,
  cancel_by = 'system', cancel_reason = 'not shipped in time',
  cancel_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 220 AND 450;
SELECT 'cancelled' AS status, 1 AS gives_back;
