-- Whose :item is and what it costs, for the cart.
SELECT refuse('not on sale')
WHERE NOT EXISTS (SELECT 1 FROM product WHERE product_id = :item AND status = 1 AND has_variants = 0);
SELECT shop_id AS shop, price_idr AS price FROM product WHERE product_id = :item;
