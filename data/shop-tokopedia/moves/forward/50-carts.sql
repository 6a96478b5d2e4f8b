-- Carts: TikTok Shop to Tokopedia.
-- A buyer who shops on both platforms keeps two carts: TikTok's lines carry ext_platform and the
-- ids she knows.
-- What has no column here (the live show that brought her) stands in ext_*, for the way back.
-- Epoch seconds become local time.
-- move: carts
-- root: cart_item(user_id)
-- extract:
SELECT c.user_id AS _key,
  json_group_array(json_array(c.sku_id, c.shop_id, c.qty, c.live_id, c.creator_id, c.added,
    c.idem_key)) AS lines
FROM cart_item c
WHERE c.user_id BETWEEN :from AND :to
GROUP BY c.user_id
ORDER BY c.user_id;
-- load:
DELETE FROM cart WHERE ext_buyer = :_key;
INSERT INTO cart (user_id, ext_platform, product_id, shop_id, quantity, added, idem_key, ext_buyer,
  ext_sku, ext_shop, ext_live_id, ext_creator_id)
SELECT (SELECT user_id FROM cart_buyer_map WHERE ext_id = :_key), 'tiktok',
  (SELECT product_id FROM cart_item_map WHERE ext_sku = value ->> 0),
  (SELECT shop_id FROM cart_shop_map WHERE ext_shop = value ->> 1),
  value ->> 2, local_text(value ->> 5), value ->> 6, :_key, value ->> 0, value ->> 1, value ->> 3,
  value ->> 4
FROM json_each(:lines);
-- delete:
DELETE FROM cart WHERE ext_buyer = :_key;
-- check:
SELECT c.ext_buyer AS _key,
  json_group_array(json_array(
    (SELECT ext_sku FROM cart_item_map m WHERE m.ext_sku = c.ext_sku
      AND m.product_id = c.product_id),
    (SELECT ext_shop FROM cart_shop_map m WHERE m.ext_shop = c.ext_shop AND m.shop_id = c.shop_id),
    c.quantity, c.ext_live_id, c.ext_creator_id, local_seconds(c.added), c.idem_key)) AS lines
FROM cart c
WHERE c.ext_buyer = :_key AND c.user_id = (SELECT user_id FROM cart_buyer_map WHERE ext_id = :_key)
GROUP BY c.ext_buyer;
-- present:
SELECT DISTINCT ext_buyer AS _key FROM cart WHERE ext_buyer BETWEEN :from AND :to ORDER BY 1;
