-- The order is over; its merchant has been credited.
UPDATE orders SET status = 'COMPLETED', complete_time = now() / 1000000,
  update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'DELIVERED';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT status FROM order_seen WHERE idem = :idem;
