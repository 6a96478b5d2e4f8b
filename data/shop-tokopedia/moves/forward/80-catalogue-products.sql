-- Products with their skus: TikTok Shop to Tokopedia.
-- A product of one sku becomes one product; one of several becomes a parent with a child product
-- for each.
-- What lists show is taken as it is, emoji, backticks and escapes included.
-- Units are moved by themselves.
-- move: catalogue
-- root: product(id)
-- child: sku(product_id)
-- drops: sku.currency, is rupiah in all
-- extract:
SELECT p.id AS _key, p.shop_id AS shop, p.title, p.status, p.category, p.keyword, p.card,
  (SELECT json_group_array(json_array(id, seller_sku, price))
   FROM (SELECT id, seller_sku, CAST(price AS INTEGER) AS price FROM sku s WHERE s.product_id = p.id
     ORDER BY s.id)) AS skus
FROM product p
WHERE p.id BETWEEN :from AND :to
ORDER BY p.id;
-- load:
DELETE FROM ext_product WHERE ext_product_id = :_key;
INSERT INTO ext_product (product_id, shop_id, name, status, category, keyword, has_variants,
  ext_product_id, ext_shop_id, card)
SELECT (SELECT product_id FROM catalogue_product_map WHERE ext_product = :_key),
  (SELECT shop_id FROM catalogue_shop_map WHERE ext_shop = :shop), :title, :status = 'ACTIVATE',
  :category, :keyword, 1, :_key, :shop, :card
WHERE json_array_length(:skus) <> 1;
INSERT INTO ext_product (product_id, shop_id, parent_id, name, sku, price_idr, status, category,
  keyword, has_variants, ext_product_id, ext_sku, ext_shop_id, card)
SELECT (SELECT product_id FROM catalogue_item_map WHERE ext_sku = value ->> 0),
  (SELECT shop_id FROM catalogue_shop_map WHERE ext_shop = :shop),
  CASE WHEN json_array_length(:skus) > 1 THEN (SELECT product_id FROM catalogue_product_map
    WHERE ext_product = :_key) END,
  :title, value ->> 1, value ->> 2, :status = 'ACTIVATE', :category, :keyword, 0, :_key,
  value ->> 0, :shop,
  CASE WHEN json_array_length(:skus) = 1 THEN :card END
FROM json_each(:skus);
-- delete:
DELETE FROM ext_product WHERE ext_product_id = :_key;
-- check:
SELECT p.ext_product_id AS _key,
  (SELECT ext_shop FROM catalogue_shop_map m WHERE m.ext_shop = p.ext_shop_id
    AND m.shop_id = p.shop_id) AS shop,
  p.name AS title, CASE p.status WHEN 1 THEN 'ACTIVATE' ELSE 'SELLER_DEACTIVATED' END AS status,
  p.category, p.keyword, p.card, (SELECT json_group_array(json_array(sku, seller_sku, price))
   FROM (SELECT (SELECT ext_sku FROM catalogue_item_map m
     WHERE m.ext_sku = v.ext_sku AND m.product_id = v.product_id) AS sku,
           v.sku AS seller_sku, v.price_idr AS price
         FROM ext_product v
         WHERE v.ext_product_id = p.ext_product_id AND v.ext_sku IS NOT NULL AND v.status = p.status
         AND v.parent_id IS CASE p.has_variants WHEN 1 THEN p.product_id END ORDER BY v.ext_sku))
           AS skus
FROM ext_product p
WHERE p.ext_product_id = :_key AND p.parent_id IS NULL;
-- present:
SELECT DISTINCT ext_product_id AS _key FROM ext_product WHERE ext_product_id BETWEEN :from AND :to
ORDER BY 1;
