-- Unpaid for too long, and cancelled ones whose units did not get back; oldest first.
SELECT json_group_array(json_object('idem', idem, 'buyer', buyer, 'shop', shop)) AS list
FROM (
  SELECT * FROM (SELECT idem, buyer, shop FROM order_seen
    WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    AND stock_return = 1 AND stock_return > 0
    ORDER BY order_id LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem, buyer, shop FROM order_seen
    WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    AND order_status IN (100, 103, 200) AND +order_status BETWEEN 100 AND 699 AND is_held = 0
    AND update_time <= local_text((now() - :unpaid_for) / 1000000)
    ORDER BY update_time, order_id LIMIT 100));
