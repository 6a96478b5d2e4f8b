-- All the orders of :buyer, as far as this world goes; in a seller centre the newest twenty of :shop.
SELECT json_group_array(json_object('idem', idem, 'order_token', token, 'status', status, 'total', total))
  AS my_orders
FROM (
  SELECT o.idem_key AS idem, CASE WHEN o.ext_platform IS NULL THEN o.order_id ELSE o.ext_order_id END AS token,
    o.open_amt AS total,
  CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status BETWEEN 100 AND 200 THEN 'unpaid'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status BETWEEN 600 AND 601 THEN 'delivered'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'completed' ELSE 'cancelled' END AS status
  FROM (
    SELECT * FROM (SELECT idem_key, order_id, ext_platform, ext_order_id, open_amt, order_status, is_held FROM orders
      WHERE buyer_id =
        CASE :home WHEN 'source' THEN (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer) ELSE :buyer END
      AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END ORDER BY idem_key DESC LIMIT 100)
    UNION ALL
    SELECT * FROM (SELECT idem_key, order_id, ext_platform, ext_order_id, open_amt, order_status, is_held FROM orders
      WHERE shop_id =
        CASE :home WHEN 'source' THEN (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop) ELSE :shop END
      AND :buyer IS NULL AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
      ORDER BY idem_key DESC LIMIT 20)) o
  LIMIT 100);
