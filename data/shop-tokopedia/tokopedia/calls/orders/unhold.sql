-- The hour of remorse is over: the merchant may see the order.
UPDATE orders SET is_held = 0,
  update_time = strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 + 25200, 'unixepoch')
WHERE order_id = (SELECT min(order_id) FROM orders WHERE idem_key = :idem) AND is_held = 1;
SELECT CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status IN (100, 103, 200) THEN 'unpaid'
    WHEN o.order_status IN (220, 221, 400) THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status IN (600, 601) THEN 'delivered'
    WHEN o.order_status IN (700, 701) THEN 'completed' ELSE 'cancelled' END AS status
FROM orders o WHERE o.order_id = (SELECT min(order_id) FROM orders WHERE idem_key = :idem);
