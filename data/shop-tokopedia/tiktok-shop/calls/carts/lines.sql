-- What a checkout takes: the lines of the shop of the line last touched, at most twenty.
-- An order has one shop; the rest stays in the cart.
-- A checkout that has cleared its lines gets them again.
-- replay:
SELECT lines FROM carts_request WHERE idem_key = :idem AND kind = 'clear';
-- do:
SELECT refuse('cart is empty') WHERE NOT EXISTS (SELECT 1 FROM cart_item WHERE user_id = :buyer);
SELECT json_group_array(json_object('item', sku_id, 'qty', qty)) AS lines
FROM (
  SELECT sku_id, qty FROM cart_item
  WHERE user_id = :buyer AND shop_id =
    (SELECT shop_id FROM cart_item WHERE user_id = :buyer ORDER BY idem_key DESC, sku_id LIMIT 1)
  ORDER BY idem_key DESC, sku_id
  LIMIT 20);
