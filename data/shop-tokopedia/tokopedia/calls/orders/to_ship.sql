-- Packed orders that the courier comes for, oldest first, with the parcel's airway bill.
SELECT json_group_array(json_object('idem', idem,
  'buyer', CASE WHEN ext_platform IS NULL THEN buyer
    ELSE (SELECT ext_id FROM order_buyer_map WHERE user_id = buyer) END,
  'shop', CASE WHEN ext_platform IS NULL THEN shop
    ELSE (SELECT ext_shop FROM order_shop_map WHERE shop_id = shop) END,
  'parcel', parcel)) AS list
FROM (
  SELECT o.idem_key AS idem, o.buyer_id AS buyer, o.shop_id AS shop, o.ext_platform,
    (SELECT awb FROM shipment s WHERE s.order_id = o.order_id ORDER BY n LIMIT 1) AS parcel
  FROM orders o
  WHERE o.ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END AND o.order_status = 450
  AND +o.order_status BETWEEN 100 AND 699 AND o.is_held = 0
  AND o.partial_process = 0
  AND o.update_time <= time_text((now() - :ship_after) / 1000000 + 25200)
  ORDER BY o.update_time, o.order_id LIMIT 200);
