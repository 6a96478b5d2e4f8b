-- Units that can still be sold; products with variants are sold by their variants.
-- What TikTok Shop's shoppers can buy is counted apart, by sku.
SELECT product_id AS item, main_stock AS available FROM product WHERE has_variants = 0
UNION ALL
SELECT p.ext_sku, (SELECT coalesce(sum(s.value), 0) FROM ext_stock s WHERE s.ext_sku = p.ext_sku)
FROM ext_product p WHERE p.ext_sku IS NOT NULL;
