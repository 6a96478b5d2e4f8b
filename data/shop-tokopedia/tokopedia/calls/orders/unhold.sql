-- The hour of remorse is over: the merchant may see the order.
UPDATE orders SET is_held = 0, update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem) AND is_held = 1;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
