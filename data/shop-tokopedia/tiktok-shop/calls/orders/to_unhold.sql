-- Orders whose hour of remorse is over, oldest first.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', user_id, 'shop', shop_id)) AS list
FROM (
  SELECT idem_key, user_id, shop_id FROM orders
  WHERE status = 'ON_HOLD' AND status NOT IN ('COMPLETED', 'CANCELLED')
  AND update_time <= (now() - :remorse_hold) / 1000000
  ORDER BY update_time, id LIMIT 200);
