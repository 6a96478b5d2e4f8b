-- One product as its page shows it. Stock is told in bands, as shops do.
SELECT name AS title, price_idr AS price,
  CASE WHEN main_stock > 5 THEN 'enough' WHEN main_stock > 0 THEN 'few' ELSE 'none' END AS stock
FROM product
WHERE product_id = :item;
