-- Packed orders that the courier comes for, oldest first, with the parcel's airway bill.
SELECT json_group_array(json_object(
  'idem', idem, 'buyer', buyer, 'shop', shop, 'parcel', parcel)) AS list
FROM (
  SELECT o.idem, o.buyer, o.shop,
    (SELECT awb FROM shipment s WHERE s.order_id = o.order_id ORDER BY n LIMIT 1) AS parcel
  FROM order_seen o
  WHERE o.ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  AND o.order_status = 450 AND +o.order_status BETWEEN 100 AND 699 AND o.is_held = 0
  AND o.partial_process = 0
  AND o.update_time <= local_text((now() - :ship_after) / 1000000)
  ORDER BY o.update_time, o.order_id LIMIT 200);
