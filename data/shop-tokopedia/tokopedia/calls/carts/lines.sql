-- What a checkout takes: the lines of the shop of the line last touched, at most twenty. An order has
-- one shop; the rest stays in the cart. A checkout that has cleared its lines gets them again.
-- replay:
SELECT lines FROM carts_request WHERE idem_key = :idem AND kind = 'clear';
-- do:
SELECT refuse('cart is empty') WHERE NOT EXISTS (SELECT 1 FROM cart WHERE user_id = :buyer);
SELECT json_group_array(json_object('item', product_id, 'qty', quantity)) AS lines
FROM (
  SELECT product_id, quantity FROM cart
  WHERE user_id = :buyer AND shop_id =
    (SELECT shop_id FROM cart WHERE user_id = :buyer ORDER BY idem_key DESC, product_id LIMIT 1)
  ORDER BY idem_key DESC, product_id
  LIMIT 20);
