-- The courier has the parcel.
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 500, 'seller', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status = 450;
UPDATE orders SET order_status = 500,
  ship_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND order_status = 450;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
