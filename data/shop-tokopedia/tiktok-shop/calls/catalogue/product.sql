-- One sku as its page shows it.
-- Stock is told in bands, as shops do.
SELECT p.title, minor(s.price) / 100 AS price,
  CASE WHEN sum(i.available) > 5 THEN 'enough' WHEN sum(i.available) > 0 THEN 'few'
    ELSE 'none' END AS stock
FROM sku s CROSS JOIN product p ON p.id = s.product_id LEFT JOIN inventory i ON i.sku_id = s.id
WHERE s.id = :item;
