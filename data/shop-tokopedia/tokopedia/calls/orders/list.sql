-- All the orders of :buyer, as far as this world goes; in a seller centre the newest twenty of
-- :shop.
SELECT json_group_array(
  json_object('idem', idem, 'order_token', token, 'status', status, 'total', total)) AS my_orders
FROM (
  SELECT * FROM (SELECT idem, token, status, total FROM order_seen
    WHERE buyer_id = iif(:home = 'source',
      (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer), :buyer)
    AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    ORDER BY idem_key DESC LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem, token, status, total FROM order_seen
    WHERE shop_id = iif(:home = 'source',
      (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop), :shop)
    AND :buyer IS NULL AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    ORDER BY idem_key DESC LIMIT 20)
  LIMIT 100);
