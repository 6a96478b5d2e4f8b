-- The order that :order_token opens, with its goods.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = :order_token);
SELECT o.idem_key AS idem, o.user_id AS buyer, minor(o.total_amount) / 100 AS total,
  CASE o.status WHEN 'UNPAID' THEN 'unpaid' WHEN 'ON_HOLD' THEN 'on_hold' WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'IN_TRANSIT' THEN 'shipped' WHEN 'DELIVERED' THEN 'delivered' WHEN 'COMPLETED' THEN 'completed'
    WHEN 'CANCELLED' THEN 'cancelled' ELSE 'packed' END AS status,
  (SELECT json_group_array(json_object('item', sku_id, 'qty', qty))
   FROM (SELECT sku_id, count(*) AS qty FROM order_line WHERE order_id = o.id GROUP BY sku_id ORDER BY sku_id)) AS goods
FROM orders o WHERE o.id = :order_token;
