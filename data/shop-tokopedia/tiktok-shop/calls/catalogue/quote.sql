-- What :lines (item, qty) of one shop cost today, with shipping.
-- CROSS JOIN keeps the lines' order.
SELECT json_group_array(json_object('item', s.id, 'qty', l.qty, 'price', minor(s.price) / 100))
  AS priced,
  sum(l.qty * minor(s.price)) / 100 + max(minor(h.shipping_fee)) / 100 AS total
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines) ORDER BY key) l
CROSS JOIN sku s ON s.id = l.item
CROSS JOIN product p ON p.id = s.product_id
CROSS JOIN shop h ON h.id = p.shop_id;
