-- What :lines (item, qty) of one shop cost today, with shipping.
-- CROSS JOIN keeps the lines' order.
SELECT json_group_array(json_object('item', item, 'qty', qty, 'price', price)) AS priced,
  sum(qty * price) + max(shipping_fee) AS total
FROM (
  SELECT p.product_id AS item, l.qty, p.price_idr AS price, h.shipping_fee
  FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines)
    ORDER BY key) l
  CROSS JOIN product p ON p.product_id = l.item
  CROSS JOIN shop h ON h.shop_id = p.shop_id
  WHERE :home IS NOT 'source'
  UNION ALL
  SELECT p.ext_sku, l.qty, p.price_idr, h.shipping_fee
  FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines)
    ORDER BY key) l
  CROSS JOIN ext_product p ON p.ext_sku = l.item
  CROSS JOIN ext_shop h ON h.shop_id = p.shop_id
  WHERE :home IS 'source');
