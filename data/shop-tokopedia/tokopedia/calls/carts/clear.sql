-- Takes the units of :priced, which were ordered, out of the cart, once; what was added since
-- stays.
-- replay:
SELECT 1 AS ok FROM carts_request WHERE idem_key = :idem;
-- do:
INSERT INTO carts_request (idem_key, ext_platform, kind, lines)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'clear',
  json_group_array(json_object('item', value ->> 'item', 'qty', value ->> 'qty'))
FROM (SELECT value FROM json_each(:priced) ORDER BY key);
DELETE FROM cart
WHERE user_id = iif(:home = 'source',
  (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer)
AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
AND quantity <= (SELECT value ->> 'qty' FROM json_each(:priced)
  WHERE value ->> 'item' = coalesce(ext_sku, product_id));
UPDATE cart SET quantity = quantity -
  (SELECT value ->> 'qty' FROM json_each(:priced)
   WHERE value ->> 'item' = coalesce(ext_sku, product_id))
WHERE user_id = iif(:home = 'source',
  (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer)
AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
AND coalesce(ext_sku, product_id) IN (SELECT value ->> 'item' FROM json_each(:priced));
SELECT 1 AS ok;
