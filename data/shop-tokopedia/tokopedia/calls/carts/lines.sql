-- What a checkout takes: the lines of the shop of the line last touched, at most twenty.
-- An order has one shop; the rest stays in the cart.
-- A checkout that has cleared its lines gets them again.
-- replay:
SELECT lines FROM carts_request WHERE idem_key = :idem AND kind = 'clear';
-- do:
SELECT refuse('cart is empty') WHERE NOT EXISTS (SELECT 1 FROM cart
  WHERE user_id = iif(:home = 'source',
    (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer)
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END);
SELECT json_group_array(json_object('item', coalesce(ext_sku, product_id), 'qty', quantity))
  AS lines
FROM (
  SELECT c.product_id, c.ext_sku, c.quantity FROM cart c
  WHERE c.user_id = iif(:home = 'source',
    (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer)
  AND c.ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
  AND c.shop_id = (SELECT n.shop_id FROM cart n
    WHERE n.user_id = c.user_id AND n.ext_platform = c.ext_platform
    ORDER BY n.idem_key DESC, n.ext_sku, n.product_id LIMIT 1)
  ORDER BY c.idem_key DESC, c.ext_sku, c.product_id
  LIMIT 20);
