-- Orders whose hour of remorse is over, oldest first.
SELECT json_group_array(json_object('idem', idem_key)) AS list
FROM (
  SELECT idem_key FROM orders
  WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END AND order_status = 220
  AND +order_status BETWEEN 100 AND 699 AND is_held = 1
  AND update_time <= time_text((now() - :remorse_hold) / 1000000 + 25200)
  ORDER BY update_time, order_id LIMIT 200);
