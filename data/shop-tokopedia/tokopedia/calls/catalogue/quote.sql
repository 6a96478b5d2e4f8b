-- What :lines (item, qty) of one shop cost today, with shipping. CROSS JOIN keeps the lines' order.
SELECT json_group_array(json_object('item', p.product_id, 'qty', l.qty, 'price', p.price_idr)) AS priced,
  sum(l.qty * p.price_idr) + max(h.shipping_fee) AS total
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines) ORDER BY key) l
CROSS JOIN product p ON p.product_id = l.item
CROSS JOIN shop h ON h.shop_id = p.shop_id;
