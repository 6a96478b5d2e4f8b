-- The platform cancels an order whose payment did not come in time. Its units are still to go back.
SELECT refuse('paid meanwhile') FROM orders
WHERE order_id = (SELECT min(order_id) FROM orders WHERE idem_key = :idem)
AND order_status NOT IN (100, 103, 200, 0, 3, 5, 6, 10, 15, 550);
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, (SELECT coalesce(max(seq), 0) FROM order_history WHERE order_id = o.order_id) + 1,
  10, 'system',
  strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 + 25200, 'unixepoch')
FROM orders o
WHERE o.order_id = (SELECT min(order_id) FROM orders WHERE idem_key = :idem)
AND (o.order_status IN (100, 103, 200));
UPDATE orders SET order_status = 10, stock_return = 1, cancel_by = 'system', cancel_reason = 'payment did not come',
  cancel_time = strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 + 25200, 'unixepoch'),
  update_time = strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 + 25200, 'unixepoch')
WHERE order_id = (SELECT min(order_id) FROM orders WHERE idem_key = :idem)
AND order_status IN (100, 103, 200);
SELECT 'cancelled' AS status, 1 AS gives_back;
