-- Whose :item is and what it costs, for the cart.
SELECT refuse('not on sale')
WHERE NOT EXISTS (SELECT 1 FROM sku s JOIN product p ON p.id = s.product_id
                  WHERE s.id = :item AND p.status = 'ACTIVATE');
SELECT p.shop_id AS shop, minor(s.price) / 100 AS price
FROM sku s JOIN product p ON p.id = s.product_id
WHERE s.id = :item;
