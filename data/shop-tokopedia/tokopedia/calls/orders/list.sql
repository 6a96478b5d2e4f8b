-- The newest hundred orders of :buyer: all of hers, as far as this world goes.
SELECT json_group_array(json_object('idem', idem, 'order_token', token, 'status', status, 'total', total)) AS my_orders
FROM (
  SELECT o.idem_key AS idem, CASE WHEN o.ext_platform IS NULL THEN o.order_id ELSE o.ext_order_id END AS token, o.open_amt AS total,
  CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status IN (100, 103, 200) THEN 'unpaid'
    WHEN o.order_status IN (220, 221, 400) THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status IN (600, 601) THEN 'delivered'
    WHEN o.order_status IN (700, 701) THEN 'completed' ELSE 'cancelled' END AS status
  FROM orders o
  WHERE o.buyer_id =
    CASE :home WHEN 'source' THEN (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer) ELSE :buyer END
  AND o.ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  ORDER BY o.idem_key DESC
  LIMIT 100);
