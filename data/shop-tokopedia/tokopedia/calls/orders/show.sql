-- The order that :order_token opens, with its goods.
SELECT refuse('no such order')
WHERE NOT EXISTS (SELECT 1 FROM orders WHERE order_id = CASE :home
  WHEN 'source' THEN
    (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :order_token)
  ELSE :order_token END);
SELECT o.idem, o.buyer, o.total, o.status,
  (SELECT json_group_array(json_object('item', item, 'qty', qty))
   FROM (
     SELECT sum(quantity) AS qty, iif(o.ext_platform IS NULL, product_id, ext_sku) AS item
     FROM order_detail d WHERE d.order_id = o.order_id GROUP BY item ORDER BY item)) AS goods
FROM order_seen o
WHERE o.order_id = CASE :home
  WHEN 'source' THEN
    (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :order_token)
  ELSE :order_token END;
