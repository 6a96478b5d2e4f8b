-- The order is over; its merchant has been credited.
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 700, 'system', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status = 600;
UPDATE orders SET order_status = 700,
  finish_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND order_status = 600;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
