-- The order that :order_token opens, with its goods.
SELECT refuse('no such order')
WHERE NOT EXISTS (SELECT 1 FROM orders WHERE order_id =
  CASE :home WHEN 'source' THEN
    (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :order_token)
    ELSE :order_token END);
SELECT o.idem_key AS idem,
  CASE WHEN o.ext_platform IS NULL THEN o.buyer_id
    ELSE (SELECT ext_id FROM order_buyer_map WHERE user_id = o.buyer_id) END AS buyer,
  o.open_amt AS total,
  CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status BETWEEN 100 AND 200 THEN 'unpaid'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status BETWEEN 600 AND 601 THEN 'delivered'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'completed' ELSE 'cancelled' END AS status,
  (SELECT json_group_array(json_object('item', item, 'qty', qty))
   FROM (SELECT sum(quantity) AS qty, CASE WHEN o.ext_platform IS NULL THEN product_id ELSE ext_sku END AS item
         FROM order_detail d WHERE d.order_id = o.order_id GROUP BY item ORDER BY item)) AS goods
FROM orders o WHERE o.order_id =
  CASE :home WHEN 'source' THEN
    (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :order_token)
    ELSE :order_token END;
