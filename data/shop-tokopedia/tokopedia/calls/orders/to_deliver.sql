-- Parcels that arrive by now, oldest first.
SELECT json_group_array(json_object('idem', idem, 'buyer', buyer, 'shop', shop)) AS list
FROM (
  SELECT idem, buyer, shop FROM order_seen
  WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  AND order_status = 500 AND +order_status BETWEEN 100 AND 699 AND is_held = 0
  AND update_time <= local_text((now() - :deliver_after) / 1000000)
  ORDER BY update_time, order_id LIMIT 200);
