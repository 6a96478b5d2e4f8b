-- The cart, last touched first.
SELECT json_group_array(json_object('item', coalesce(ext_sku, product_id), 'qty', quantity))
  AS lines
FROM (
  SELECT product_id, ext_sku, quantity FROM cart
  WHERE user_id = iif(:home = 'source',
    (SELECT user_id FROM cart_buyer_map WHERE ext_id = :buyer), :buyer)
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
  ORDER BY idem_key DESC, ext_sku, product_id LIMIT 200);
