-- Delivered orders that nobody complained about in time, oldest first.
-- With what the merchant is owed.
SELECT json_group_array(json_object(
  'idem', idem, 'order_token', token, 'buyer', buyer, 'shop', shop, 'total', total)) AS list
FROM (
  SELECT idem, token, buyer, shop, total FROM order_seen
  WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  AND order_status = 600 AND +order_status BETWEEN 100 AND 699 AND is_held = 0
  AND update_time <= local_text((now() - :complete_after) / 1000000)
  ORDER BY update_time, order_id LIMIT 200);
