-- Units in orders of this run, cancelled ones until their units are given back.
SELECT l.sku_id AS item, count(*) AS units
FROM orders o CROSS JOIN order_line l ON l.order_id = o.id
WHERE o.idem_key > 0 AND (o.status <> 'CANCELLED' OR o.stock_return > 0)
GROUP BY l.sku_id;
