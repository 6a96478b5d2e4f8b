-- Orders as they stand, of TikTok Shop's shoppers by the ids that they know, and Tokopedia's own.
SELECT o.idem_key AS witness, coalesce(o.ext_order_id, o.order_id) AS token,
  CASE o.ext_platform WHEN 'tiktok' THEN (SELECT m.ext_id FROM order_buyer_map m
    WHERE m.user_id = o.buyer_id)
    ELSE o.buyer_id END AS buyer,
  CASE WHEN o.order_status = 220 AND o.is_held THEN 'on_hold'
    ELSE CASE o.order_status WHEN 100 THEN 'unpaid' WHEN 103 THEN 'unpaid' WHEN 200 THEN 'unpaid'
      WHEN 220 THEN 'paid' WHEN 221 THEN 'paid' WHEN 400 THEN 'paid' WHEN 450 THEN 'packed'
      WHEN 500 THEN 'shipped' WHEN 501 THEN 'shipped' WHEN 520 THEN 'shipped'
        WHEN 530 THEN 'shipped' WHEN 540 THEN 'shipped'
      WHEN 600 THEN 'delivered' WHEN 601 THEN 'delivered' WHEN 700 THEN 'completed'
        WHEN 701 THEN 'completed'
      ELSE 'cancelled' END END AS status,
  o.open_amt AS total, o.order_id AS root
FROM orders o;
