-- The order is over; its merchant has been credited.
UPDATE orders SET status = 'COMPLETED', complete_time = now() / 1000000, update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'DELIVERED';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT CASE o.status WHEN 'UNPAID' THEN 'unpaid' WHEN 'ON_HOLD' THEN 'on_hold' WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'IN_TRANSIT' THEN 'shipped' WHEN 'DELIVERED' THEN 'delivered' WHEN 'COMPLETED' THEN 'completed'
    WHEN 'CANCELLED' THEN 'cancelled' ELSE 'packed' END AS status
FROM orders o WHERE o.idem_key = :idem;
