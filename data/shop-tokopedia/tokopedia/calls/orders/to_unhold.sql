-- Orders whose hour of remorse is over, oldest first.
SELECT json_group_array(json_object('idem', idem, 'buyer', buyer, 'shop', shop)) AS list
FROM (
  SELECT idem, buyer, shop FROM order_seen
  WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  AND order_status = 220 AND +order_status BETWEEN 100 AND 699 AND is_held = 1
  AND update_time <= local_text((now() - :remorse_hold) / 1000000)
  ORDER BY update_time, order_id LIMIT 200);
