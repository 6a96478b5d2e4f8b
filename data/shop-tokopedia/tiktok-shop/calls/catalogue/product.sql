-- One sku as its page shows it. Stock is told in bands, as shops do.
SELECT p.title, minor(s.price) / 100 AS price,
  (SELECT CASE WHEN sum(available) > 5 THEN 'enough' WHEN sum(available) > 0 THEN 'few' ELSE 'none' END
   FROM inventory WHERE sku_id = s.id) AS stock
FROM sku s JOIN product p ON p.id = s.product_id
WHERE s.id = :item;
