-- All the orders of :buyer, as far as this world goes; in a seller centre the newest twenty of :shop.
SELECT json_group_array(json_object('idem', idem, 'order_token', token, 'status', status, 'total', total))
  AS my_orders
FROM (
  SELECT o.idem_key AS idem, o.id AS token, minor(o.total_amount) / 100 AS total,
  CASE o.status WHEN 'UNPAID' THEN 'unpaid' WHEN 'ON_HOLD' THEN 'on_hold' WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'IN_TRANSIT' THEN 'shipped' WHEN 'DELIVERED' THEN 'delivered' WHEN 'COMPLETED' THEN 'completed'
    WHEN 'CANCELLED' THEN 'cancelled' ELSE 'packed' END AS status
  FROM (
    SELECT * FROM (SELECT idem_key, id, total_amount, status FROM orders
      WHERE user_id = :buyer ORDER BY idem_key DESC LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT idem_key, id, total_amount, status FROM orders
      WHERE shop_id = :shop AND :buyer IS NULL ORDER BY idem_key DESC LIMIT 20)) o
  LIMIT 100);
