-- Puts :item of :shop into the cart; one in seven takes two [I].
-- A shopper of TikTok Shop (:home = source) keeps the ids that she knows.
-- replay:
SELECT 1 AS ok FROM carts_request WHERE idem_key = :idem;
-- do:
SELECT refuse('log in again')
WHERE :home = 'source' AND NOT EXISTS (SELECT 1 FROM cart_buyer_map WHERE ext_id = :buyer);
INSERT INTO carts_request (idem_key, ext_platform, kind)
VALUES (:idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'add');
INSERT INTO cart (user_id, ext_platform, product_id, shop_id, quantity, added, idem_key, ext_buyer,
  ext_sku, ext_shop)
VALUES (
  iif(:home = 'source', (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer),
  CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END,
  iif(:home = 'source', (SELECT product_id FROM cart_item_map WHERE ext_sku = :item), :item),
  iif(:home = 'source', (SELECT shop_id FROM cart_shop_map WHERE ext_shop = :shop), :shop),
  1 + (draw('units', :idem) < 142857), local_text(now() / 1000000), :idem,
  CASE :home WHEN 'source' THEN :buyer END, CASE :home WHEN 'source' THEN :item END,
    CASE :home WHEN 'source' THEN :shop END)
ON CONFLICT (user_id, ext_platform, product_id) DO UPDATE
SET quantity = min(99, quantity + excluded.quantity), added = excluded.added,
  idem_key = excluded.idem_key;
SELECT 1 AS ok;
