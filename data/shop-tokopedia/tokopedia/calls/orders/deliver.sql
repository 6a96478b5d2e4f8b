-- The parcel is at the door.
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, (SELECT coalesce(max(seq), 0) FROM order_history WHERE order_id = o.order_id) + 1,
  600, 'courier',
  time_text(now() / 1000000 + 25200)
FROM orders o
WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND (o.order_status = 500);
UPDATE order_detail SET quantity_deliver = quantity
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND quantity_deliver <> quantity
AND EXISTS (SELECT 1 FROM orders
  WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND order_status = 500);
UPDATE orders SET order_status = 600,
  delivery_time = time_text(now() / 1000000 + 25200),
  update_time = time_text(now() / 1000000 + 25200)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND order_status = 500;
SELECT CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status BETWEEN 100 AND 200 THEN 'unpaid'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status BETWEEN 600 AND 601 THEN 'delivered'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'completed' ELSE 'cancelled' END AS status
FROM orders o WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
