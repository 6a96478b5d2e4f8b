-- Unpaid for too long, and cancelled ones whose units did not get back; oldest first.
SELECT json_group_array(json_object('idem', idem,
  'buyer', CASE WHEN ext_platform IS NULL THEN buyer
    ELSE (SELECT ext_id FROM order_buyer_map WHERE user_id = buyer) END,
  'shop', CASE WHEN ext_platform IS NULL THEN shop
    ELSE (SELECT ext_shop FROM order_shop_map WHERE shop_id = shop) END)) AS list
FROM (
  SELECT * FROM (SELECT idem_key AS idem, buyer_id AS buyer, shop_id AS shop, ext_platform FROM orders
    WHERE stock_return = 1 AND stock_return > 0 AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    ORDER BY order_id LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem_key AS idem, buyer_id AS buyer, shop_id AS shop, ext_platform FROM orders
    WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END AND order_status IN (100, 103, 200)
    AND +order_status BETWEEN 100 AND 699 AND is_held = 0
    AND update_time <= time_text((now() - :unpaid_for) / 1000000 + 25200)
    ORDER BY update_time, order_id LIMIT 100));
