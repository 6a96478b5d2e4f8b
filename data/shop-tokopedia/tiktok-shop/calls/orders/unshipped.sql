-- Paid for long ago (cash on delivery: placed) and still not with the courier, and cancelled ones
-- whose units or money did not get back; oldest first.
-- A packed order for which the courier comes by now is the courier's.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', user_id, 'shop', shop_id)) AS list
FROM (
  SELECT * FROM (SELECT idem_key, user_id, shop_id FROM orders
    WHERE stock_return = 2 AND stock_return > 0
    ORDER BY idem_key LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem_key, user_id, shop_id FROM orders
    WHERE status IN ('AWAITING_SHIPMENT', 'AWAITING_COLLECTION')
    AND status NOT IN ('COMPLETED', 'CANCELLED')
    AND (status = 'AWAITING_SHIPMENT' OR update_time > (now() - :ship_after) / 1000000)
    AND CASE is_cod WHEN 1 THEN create_time ELSE paid_time END <= (now() - :ship_at_most) / 1000000
    ORDER BY CASE is_cod WHEN 1 THEN create_time ELSE paid_time END, idem_key LIMIT 100));
