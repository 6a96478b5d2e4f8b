-- The parcel is at the door.
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 600, 'courier', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status = 500;
UPDATE order_detail SET quantity_deliver = quantity
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND quantity_deliver <> quantity
AND EXISTS (SELECT 1 FROM orders
  WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
  AND order_status = 500);
UPDATE orders SET order_status = 600,
  delivery_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND order_status = 500;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
