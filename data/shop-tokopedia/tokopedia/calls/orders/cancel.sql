-- Takes back the order that a shopper gave up on; before the order, it forbids it.
-- An order that has been paid meanwhile stands.
-- Says whether its units go back.
INSERT INTO orders_request (idem_key, ext_platform, kind)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'void'
WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem)
ON CONFLICT (idem_key) DO NOTHING;
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 15, 'buyer', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND (order_status BETWEEN 100 AND 200 OR payment_method = 'cod' AND order_status = 220);
UPDATE orders SET order_status = 15, is_held = 0, stock_return = 1,
  cancel_by = 'buyer', cancel_reason = 'checkout given up',
  cancel_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND (order_status BETWEEN 100 AND 200 OR payment_method = 'cod' AND order_status = 220);
SELECT NOT EXISTS (SELECT 1 FROM orders
  WHERE idem_key = :idem AND order_status >= 100 AND order_status <> 550) AS gives_back;
