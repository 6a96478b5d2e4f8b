-- Paid for long ago (cash on delivery: placed) and still not with the courier, and cancelled ones
-- whose units or money did not get back; oldest first.
-- A packed order for which the courier comes by now is the courier's.
SELECT json_group_array(json_object('idem', idem, 'buyer', buyer, 'shop', shop)) AS list
FROM (
  SELECT * FROM (SELECT idem, buyer, shop FROM order_seen
    WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    AND stock_return = 2 AND stock_return > 0
    ORDER BY idem_key LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem, buyer, shop FROM order_seen
    WHERE ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
    AND order_status IN (220, 221, 400, 450) AND +order_status BETWEEN 100 AND 699
    AND is_held = 0 AND partial_process = 0
    AND (order_status <> 450
      OR update_time > local_text((now() - :ship_after) / 1000000))
    AND CASE payment_method WHEN 'cod' THEN create_time ELSE payment_time END
      <= local_text((now() - :ship_at_most) / 1000000)
    ORDER BY CASE payment_method WHEN 'cod' THEN create_time ELSE payment_time END, idem_key
    LIMIT 100));
