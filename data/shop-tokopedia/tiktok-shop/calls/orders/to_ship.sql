-- Packed orders that the courier comes for, oldest first, with the parcel's tracking number.
SELECT json_group_array(json_object('idem', idem, 'buyer', user_id, 'shop', shop_id, 'parcel',
  parcel)) AS list
FROM (
  SELECT o.idem_key AS idem, o.user_id, o.shop_id,
    (SELECT p.tracking_number FROM package_order po JOIN package p ON p.id = po.package_id
     WHERE po.order_id = o.id ORDER BY p.id LIMIT 1) AS parcel
  FROM orders o
  WHERE o.status = 'AWAITING_COLLECTION' AND o.status NOT IN ('COMPLETED', 'CANCELLED')
  AND o.update_time <= (now() - :ship_after) / 1000000
  ORDER BY o.update_time, o.id LIMIT 200);
