-- The courier has the parcel.
UPDATE package SET status = 'FULFILLING' WHERE status = 'PROCESSING' AND id IN
  (SELECT po.package_id FROM orders o JOIN package_order po ON po.order_id = o.id
   WHERE o.idem_key = :idem AND o.status = 'AWAITING_COLLECTION');
UPDATE orders SET status = 'IN_TRANSIT', collection_time = now() / 1000000,
  update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'AWAITING_COLLECTION';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT status FROM order_seen WHERE idem = :idem;
