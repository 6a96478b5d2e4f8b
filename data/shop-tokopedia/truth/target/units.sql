-- Units in orders of this run, cancelled ones until their units are given back: TikTok Shop's by
-- sku, as its stock is counted there, and Tokopedia's own.
SELECT CASE o.ext_platform WHEN 'tiktok' THEN (SELECT m.ext_sku FROM order_item_map m
  WHERE m.product_id = d.product_id)
    ELSE d.product_id END AS item, sum(d.quantity) AS units
FROM orders o CROSS JOIN order_detail d ON d.order_id = o.order_id
WHERE o.idem_key > 0 AND (o.order_status >= 100 AND o.order_status <> 550 OR o.stock_return > 0)
GROUP BY 1;
