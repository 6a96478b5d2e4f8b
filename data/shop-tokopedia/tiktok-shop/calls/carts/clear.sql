-- Takes the units of :priced, which were ordered, out of the cart, once; what was added since
-- stays.
-- replay:
SELECT 1 AS ok FROM carts_request WHERE idem_key = :idem;
-- do:
INSERT INTO carts_request (idem_key, kind, lines)
SELECT :idem, 'clear', json_group_array(json_object('item', value ->> 'item', 'qty',
  value ->> 'qty'))
FROM (SELECT value FROM json_each(:priced) ORDER BY key);
DELETE FROM cart_item WHERE user_id = :buyer
AND qty <= (SELECT value ->> 'qty' FROM json_each(:priced) WHERE value ->> 'item' = sku_id);
UPDATE cart_item SET qty = qty - (SELECT value ->> 'qty' FROM json_each(:priced)
  WHERE value ->> 'item' = sku_id)
WHERE user_id = :buyer AND sku_id IN (SELECT value ->> 'item' FROM json_each(:priced));
SELECT 1 AS ok;
