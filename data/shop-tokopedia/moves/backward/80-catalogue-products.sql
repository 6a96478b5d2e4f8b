-- Products that TikTok's shoppers are sold, with their skus: Tokopedia to TikTok Shop.
-- A parent and its child products become a product and its skus.
-- A product knows its ids there, so that a change of the maps changes no product; Tokopedia's own
-- products stay.
-- Skus are not replaced, since their stock hangs on them.
-- move: catalogue
-- root: ext_product(ext_product_id)
-- via: catalogue_product_map SELECT NULL WHERE :key IS NULL
-- via: catalogue_item_map SELECT NULL WHERE :key IS NULL
-- via: product SELECT NULL WHERE :key IS NULL
-- drops: inventory, the units of a product go with it and come by a move of their own
-- extract:
SELECT p.ext_product_id AS _key, p.ext_shop_id AS shop, p.name AS title,
  CASE p.status WHEN 1 THEN 'ACTIVATE' ELSE 'SELLER_DEACTIVATED' END AS status, p.category,
  p.keyword, p.card, (SELECT json_group_array(json_array(ext_sku, sku, price_idr))
   FROM (SELECT ext_sku, sku, price_idr FROM ext_product v
         WHERE v.ext_product_id = p.ext_product_id AND v.ext_sku IS NOT NULL ORDER BY v.ext_sku))
           AS skus
FROM ext_product p
WHERE p.ext_product_id BETWEEN :from AND :to AND p.parent_id IS NULL
ORDER BY p.ext_product_id;
-- load:
INSERT INTO product (id, shop_id, title, status, category, keyword, card)
VALUES (:_key, :shop, :title, :status, :category, :keyword, :card)
ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, title = excluded.title,
  status = excluded.status, category = excluded.category, keyword = excluded.keyword,
  card = excluded.card;
DELETE FROM sku WHERE product_id = :_key AND id NOT IN (SELECT value ->> 0 FROM json_each(:skus));
INSERT INTO sku (id, product_id, seller_sku, price)
SELECT value ->> 0, :_key, value ->> 1, value ->> 2 || '.00' FROM json_each(:skus) WHERE true
ON CONFLICT (id) DO UPDATE SET product_id = excluded.product_id, seller_sku = excluded.seller_sku,
  price = excluded.price;
-- delete:
DELETE FROM product WHERE id = :_key;
-- check:
SELECT p.id AS _key, p.shop_id AS shop, p.title, p.status, p.category, p.keyword, p.card,
  (SELECT json_group_array(json_array(id, seller_sku, price))
   FROM (SELECT id, seller_sku, CAST(price AS INTEGER) AS price FROM sku s WHERE s.product_id = p.id
     ORDER BY s.id)) AS skus
FROM product p
WHERE p.id = :_key;
-- present:
SELECT id AS _key FROM product WHERE id BETWEEN :from AND :to ORDER BY 1;
