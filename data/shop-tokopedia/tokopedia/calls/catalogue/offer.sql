-- Whose :item is and what it costs, for the cart.
SELECT refuse('not on sale')
WHERE NOT EXISTS (SELECT 1 FROM product
    WHERE product_id = :item AND status = 1 AND has_variants = 0 AND :home IS NOT 'source')
AND NOT EXISTS (SELECT 1 FROM ext_product WHERE ext_sku = :item AND status = 1
  AND :home IS 'source');
SELECT shop_id AS shop, price_idr AS price FROM product
WHERE product_id = :item AND :home IS NOT 'source'
UNION ALL
SELECT ext_shop_id, price_idr FROM ext_product WHERE ext_sku = :item AND :home IS 'source';
