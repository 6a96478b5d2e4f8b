-- All the orders of :buyer, as far as this world goes; in a seller centre the newest twenty of
-- :shop.
SELECT json_group_array(
  json_object('idem', idem, 'order_token', token, 'status', status, 'total', total)) AS my_orders
FROM (
  SELECT * FROM (SELECT idem, token, status, total FROM order_seen
    WHERE buyer = :buyer ORDER BY idem DESC LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem, token, status, total FROM order_seen
    WHERE shop = :shop AND :buyer IS NULL ORDER BY idem DESC LIMIT 20)
  LIMIT 100);
