-- The hour of remorse is over: the merchant may see the order.
UPDATE orders SET status = 'AWAITING_SHIPMENT', is_on_hold = 0, update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'ON_HOLD';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT status FROM order_seen WHERE idem = :idem;
