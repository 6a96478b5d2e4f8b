-- The platform cancels an order whose payment did not come in time. Its units are still to go back.
SELECT refuse('paid meanwhile') FROM orders
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status > 200 AND order_status <> 550;
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, (SELECT coalesce(max(seq), 0) FROM order_history WHERE order_id = o.order_id) + 1,
  10, 'system',
  time_text(now() / 1000000 + 25200)
FROM orders o
WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND (o.order_status BETWEEN 100 AND 200);
UPDATE orders SET order_status = 10, stock_return = 1, cancel_by = 'system', cancel_reason = 'payment did not come',
  cancel_time = time_text(now() / 1000000 + 25200),
  update_time = time_text(now() / 1000000 + 25200)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
SELECT 'cancelled' AS status, 1 AS gives_back;
