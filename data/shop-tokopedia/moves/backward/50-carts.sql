-- Carts of TikTok Shop's shoppers, moved or filled here: Tokopedia to TikTok Shop, under the ids
-- the shoppers know.
-- A line knows its buyer, sku and shop, so that a change of the maps changes no cart.
-- Tokopedia's own carts stay.
-- move: carts
-- root: cart(ext_buyer)
-- via: cart_buyer_map SELECT NULL WHERE :key IS NULL
-- via: cart_item_map SELECT NULL WHERE :key IS NULL
-- via: cart_shop_map SELECT NULL WHERE :key IS NULL
-- extract:
SELECT c.ext_buyer AS _key,
  json_group_array(json_array(c.ext_sku, c.ext_shop, c.quantity, c.ext_live_id, c.ext_creator_id,
    local_seconds(c.added), c.idem_key)) AS lines
FROM cart c
WHERE c.ext_buyer BETWEEN :from AND :to
GROUP BY c.ext_buyer
ORDER BY c.ext_buyer;
-- load:
DELETE FROM cart_item WHERE user_id = :_key;
INSERT INTO cart_item (user_id, sku_id, shop_id, qty, live_id, creator_id, added, idem_key)
SELECT :_key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
  value ->> 6 FROM json_each(:lines);
-- delete:
DELETE FROM cart_item WHERE user_id = :_key;
-- check:
SELECT c.user_id AS _key,
  json_group_array(json_array(c.sku_id, c.shop_id, c.qty, c.live_id, c.creator_id, c.added,
    c.idem_key)) AS lines
FROM cart_item c
WHERE c.user_id = :_key
GROUP BY c.user_id;
-- present:
SELECT DISTINCT user_id AS _key FROM cart_item WHERE user_id BETWEEN :from AND :to ORDER BY 1;
