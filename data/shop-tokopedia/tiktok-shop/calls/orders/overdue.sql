-- Unpaid for too long, and cancelled ones whose units did not get back; oldest first.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', user_id, 'shop', shop_id)) AS list
FROM (
  SELECT * FROM (SELECT idem_key, user_id, shop_id FROM orders
    WHERE stock_return = 1 AND stock_return > 0
    ORDER BY id LIMIT 100)
  UNION ALL
  SELECT * FROM (SELECT idem_key, user_id, shop_id FROM orders
    WHERE status = 'UNPAID' AND status NOT IN ('COMPLETED', 'CANCELLED')
    AND update_time <= (now() - :unpaid_for) / 1000000
    ORDER BY update_time, id LIMIT 100));
