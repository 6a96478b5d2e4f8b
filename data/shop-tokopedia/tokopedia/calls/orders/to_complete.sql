-- Delivered orders that nobody complained about in time, oldest first; with what the merchant is owed.
SELECT json_group_array(json_object('idem', idem, 'order_token', token,
  'buyer', CASE WHEN ext_platform IS NULL THEN buyer
    ELSE (SELECT ext_id FROM order_buyer_map WHERE user_id = buyer) END,
  'shop', CASE WHEN ext_platform IS NULL THEN shop
    ELSE (SELECT ext_shop FROM order_shop_map WHERE shop_id = shop) END,
  'total', total)) AS list
FROM (
  SELECT o.idem_key AS idem, CASE WHEN o.ext_platform IS NULL THEN o.order_id ELSE o.ext_order_id END AS token,
    o.open_amt AS total, o.buyer_id AS buyer, o.shop_id AS shop, o.ext_platform
  FROM orders o
  WHERE o.ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END AND o.order_status = 600
  AND +o.order_status BETWEEN 100 AND 699 AND o.is_held = 0
  AND o.update_time <= time_text((now() - :complete_after) / 1000000 + 25200)
  ORDER BY o.update_time, o.order_id LIMIT 200);
