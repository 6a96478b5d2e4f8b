-- The merchant accepts and packs.
-- These are two steps of the order's history in one instant, and one airway bill.
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq + h.key, h.value, 'seller', local_text(now() / 1000000)
FROM order_seen, json_each('[400, 450]') h
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 220 AND 400 AND is_held = 0;
UPDATE orders SET order_status = 450,
  pack_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 220 AND 400 AND is_held = 0;
INSERT INTO shipment (order_id, sp_id, awb, ext_package_id, ext_provider_id)
SELECT o.order_id, 1, 'TKP' || printf('%012d', o.order_id),
  CASE WHEN o.ext_platform IS NOT NULL THEN snowflake(:idem, now()) END,
  CASE WHEN o.ext_platform IS NOT NULL THEN '1' END
FROM orders o
WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND o.order_status = 450
AND NOT EXISTS (SELECT 1 FROM shipment WHERE order_id = o.order_id);
UPDATE order_detail SET ext_lines =
  (SELECT json_group_array(json_set(value, '$[3]', snowflake(:idem, now())))
   FROM (SELECT value FROM json_each(ext_lines) ORDER BY key))
WHERE order_id = (SELECT o.order_id FROM orders o JOIN shipment s ON s.order_id = o.order_id
  WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
  AND o.order_status = 450 AND s.ext_package_id = snowflake(:idem, now()))
AND ext_lines ->> '$[0][3]' IS NULL;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
