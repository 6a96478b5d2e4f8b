-- Shops, with their terms for TikTok's shoppers: TikTok Shop to Tokopedia.
-- The linked shop keeps the terms that it has for Tokopedia's own shoppers.
-- Decimal text, always whole rupiah, becomes rupiah.
-- move: catalogue
-- root: shop(id)
-- extract:
SELECT h.id AS _key, h.seller_open_id AS seller, h.name, h.region,
  CAST(h.shipping_fee AS INTEGER) AS shipping_fee, h.remorse_hold AS remorse
FROM shop h
WHERE h.id BETWEEN :from AND :to
ORDER BY h.id;
-- load:
INSERT INTO ext_shop (shop_id, ext_shop_id, ext_seller, ext_region, name, shipping_fee,
  remorse_hold)
VALUES ((SELECT shop_id FROM catalogue_shop_map WHERE ext_shop = :_key), :_key, :seller, :region,
  :name, :shipping_fee, :remorse)
ON CONFLICT (ext_shop_id) DO UPDATE SET shop_id = excluded.shop_id,
  ext_seller = excluded.ext_seller, ext_region = excluded.ext_region, name = excluded.name,
  shipping_fee = excluded.shipping_fee, remorse_hold = excluded.remorse_hold;
-- delete:
DELETE FROM ext_shop WHERE ext_shop_id = :_key;
-- check:
SELECT (SELECT ext_shop FROM catalogue_shop_map m WHERE m.ext_shop = h.ext_shop_id
  AND m.shop_id = h.shop_id) AS _key,
  h.ext_seller AS seller, h.name, h.ext_region AS region, h.shipping_fee, h.remorse_hold AS remorse
FROM ext_shop h
WHERE h.ext_shop_id = :_key;
-- present:
SELECT ext_shop_id AS _key FROM ext_shop WHERE ext_shop_id BETWEEN :from AND :to ORDER BY 1;
