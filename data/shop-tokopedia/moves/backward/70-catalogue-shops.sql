-- Shops, with their terms for TikTok's shoppers: Tokopedia to TikTok Shop.
-- A shop knows its id there, so that a change of the shop map changes no shop.
-- Nothing of what shops are to Tokopedia's own shoppers, nor of what was linked, goes along.
-- move: catalogue
-- root: ext_shop(ext_shop_id)
-- via: catalogue_shop_map SELECT NULL WHERE :key IS NULL
-- via: shop SELECT NULL WHERE :key IS NULL
-- extract:
SELECT h.ext_shop_id AS _key, h.ext_seller AS seller, h.name, h.ext_region AS region,
  h.shipping_fee, h.remorse_hold AS remorse
FROM ext_shop h
WHERE h.ext_shop_id BETWEEN :from AND :to
ORDER BY h.ext_shop_id;
-- load:
INSERT INTO shop (id, seller_open_id, name, region, shipping_fee, remorse_hold)
VALUES (:_key, :seller, :name, :region, :shipping_fee || '.00', :remorse)
ON CONFLICT (id) DO UPDATE SET seller_open_id = excluded.seller_open_id, name = excluded.name,
  region = excluded.region, shipping_fee = excluded.shipping_fee,
  remorse_hold = excluded.remorse_hold;
-- delete:
-- Its products, and their stock, go with it.
DELETE FROM shop WHERE id = :_key;
-- check:
SELECT h.id AS _key, h.seller_open_id AS seller, h.name, h.region,
  CAST(h.shipping_fee AS INTEGER) AS shipping_fee, h.remorse_hold AS remorse
FROM shop h
WHERE h.id = :_key;
-- present:
SELECT id AS _key FROM shop WHERE id BETWEEN :from AND :to ORDER BY 1;
