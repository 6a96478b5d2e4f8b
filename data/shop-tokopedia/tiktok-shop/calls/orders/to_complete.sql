-- Delivered orders that nobody complained about in time, oldest first; with what the merchant is
-- owed.
SELECT json_group_array(json_object('idem', idem_key, 'order_token', id, 'buyer', user_id, 'shop',
  shop_id, 'total', total)) AS list
FROM (
  SELECT idem_key, id, user_id, shop_id, minor(total_amount) / 100 AS total FROM orders
  WHERE status = 'DELIVERED' AND status NOT IN ('COMPLETED', 'CANCELLED')
  AND update_time <= (now() - :complete_after) / 1000000
  ORDER BY update_time, id LIMIT 200);
