-- The order that :order_token opens, with its goods.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = :order_token);
SELECT o.idem, o.buyer, o.total, o.status,
  (SELECT json_group_array(json_object('item', sku_id, 'qty', qty))
   FROM (
     SELECT sku_id, count(*) AS qty FROM order_line
     WHERE order_id = o.id GROUP BY sku_id ORDER BY sku_id)) AS goods
FROM order_seen o WHERE o.id = :order_token;
