-- The parcel is at the door.
UPDATE package SET status = 'COMPLETED' WHERE status = 'FULFILLING' AND id IN
  (SELECT po.package_id FROM orders o JOIN package_order po ON po.order_id = o.id
   WHERE o.idem_key = :idem AND o.status = 'IN_TRANSIT');
UPDATE orders SET status = 'DELIVERED', delivery_time = now() / 1000000,
  update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'IN_TRANSIT';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT status FROM order_seen WHERE idem = :idem;
