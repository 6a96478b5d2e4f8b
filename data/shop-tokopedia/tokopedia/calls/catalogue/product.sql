-- One product as its page shows it.
-- Stock is told in bands, as shops do.
SELECT title, price, CASE WHEN units > 5 THEN 'enough' WHEN units > 0 THEN 'few'
  ELSE 'none' END AS stock
FROM (
  SELECT name AS title, price_idr AS price, main_stock AS units FROM product
  WHERE product_id = :item AND :home IS NOT 'source'
  UNION ALL
  SELECT name, price_idr, (SELECT sum(value) FROM ext_stock s WHERE s.ext_sku = p.ext_sku)
  FROM ext_product p
  WHERE ext_sku = :item AND :home IS 'source');
