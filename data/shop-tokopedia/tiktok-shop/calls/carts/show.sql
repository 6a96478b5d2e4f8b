-- The cart, last touched first.
SELECT json_group_array(json_object('item', sku_id, 'qty', qty)) AS lines
FROM (SELECT sku_id, qty FROM cart_item WHERE user_id = :buyer ORDER BY idem_key DESC, sku_id
  LIMIT 200);
