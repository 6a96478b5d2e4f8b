-- What a checkout takes: the lines of the shop of the line last touched, at most twenty. An order has
-- one shop; the rest stays in the cart. A checkout that has cleared its lines gets them again.
-- replay:
SELECT lines FROM carts_request WHERE idem_key = :idem AND kind = 'clear';
-- do:
SELECT refuse('cart is empty') WHERE NOT EXISTS (SELECT 1 FROM cart
  WHERE user_id = CASE :home WHEN 'source' THEN (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer) ELSE :buyer END
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END);
SELECT json_group_array(json_object('item', coalesce(ext_sku, product_id), 'qty', quantity)) AS lines
FROM (
  WITH mine AS (
    SELECT product_id, shop_id, quantity, idem_key, ext_sku FROM cart
    WHERE user_id = CASE :home WHEN 'source' THEN (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer) ELSE :buyer END
    AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END)
  SELECT product_id, ext_sku, quantity FROM mine
  WHERE shop_id = (SELECT shop_id FROM mine ORDER BY idem_key DESC, ext_sku, product_id LIMIT 1)
  ORDER BY idem_key DESC, ext_sku, product_id
  LIMIT 20);
