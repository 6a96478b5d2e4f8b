-- The newest hundred orders of :buyer: all of hers, as far as this world goes.
SELECT json_group_array(json_object('idem', idem, 'order_token', token, 'status', status, 'total', total)) AS my_orders
FROM (
  SELECT o.idem_key AS idem, o.id AS token, minor(o.total_amount) / 100 AS total,
  CASE o.status WHEN 'UNPAID' THEN 'unpaid' WHEN 'ON_HOLD' THEN 'on_hold' WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'IN_TRANSIT' THEN 'shipped' WHEN 'DELIVERED' THEN 'delivered' WHEN 'COMPLETED' THEN 'completed'
    WHEN 'CANCELLED' THEN 'cancelled' ELSE 'packed' END AS status
  FROM orders o WHERE o.user_id = :buyer
  ORDER BY o.idem_key DESC
  LIMIT 100);
