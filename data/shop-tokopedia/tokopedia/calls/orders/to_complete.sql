-- Delivered orders that nobody complained about in time, oldest first; with what the merchant is owed.
SELECT json_group_array(json_object('idem', idem, 'order_token', token, 'shop', shop, 'total', total))
  AS list
FROM (
  SELECT o.idem_key AS idem, CASE WHEN o.ext_platform IS NULL THEN o.order_id ELSE o.ext_order_id END AS token,
    o.open_amt AS total,
    CASE WHEN o.ext_platform IS NULL THEN o.shop_id
      ELSE (SELECT ext_shop FROM order_shop_map m WHERE m.shop_id = o.shop_id) END AS shop
  FROM orders o
  WHERE o.ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END AND o.order_status = 600
  AND +o.order_status BETWEEN 100 AND 699 AND o.is_held = 0
  AND o.update_time <= time_text((now() - :complete_after) / 1000000 + 25200)
  ORDER BY o.update_time, o.order_id LIMIT 200);
