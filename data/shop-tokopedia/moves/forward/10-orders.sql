-- Orders with their lines, packages and cancellation: TikTok Shop to Tokopedia.
-- One row a unit becomes one row a product and price with a quantity; the units stand behind it in ext_lines, what else
-- has no column here in ext_fields, both for the way back. Every package is an airway bill of each of its orders.
-- Decimal text becomes rupiah, epoch seconds become local time, 0 becomes NULL, a hold becomes 220 with is_held; the
-- history starts with the present state.
-- move: orders
-- root: orders(id)
-- child: order_line(order_id)
-- child: package_order(order_id)
-- child: cancellation(order_id)
-- via: package SELECT order_id FROM package_order WHERE package_id = :key
-- extract:
SELECT o.id AS _key, o.idem_key AS idem, o.shop_id AS shop, o.user_id AS buyer, o.status, o.order_type,
  o.payment_method_name AS method, o.split_or_combine_tag AS tag, minor(o.sub_total) / 100 AS sub_total,
  minor(o.shipping_fee) / 100 AS shipping, minor(o.seller_discount) / 100 AS seller_discount,
  minor(o.platform_discount) / 100 AS platform_discount, minor(o.total_amount) / 100 AS total, o.create_time, o.paid_time,
  o.rts_time, o.collection_time, o.delivery_time, o.complete_time, o.cancel_time, o.update_time, o.cancel_initiator,
  o.cancel_reason, o.remorse_hold AS remorse, o.stock_return,
  (SELECT json_group_array(json_array(sku_id, price, json(units)))
   FROM (SELECT sku_id, price, json_group_array(json_object('id', id, 'seller_discount', ours, 'platform_discount', theirs,
           'package_id', package_id)) AS units
         FROM (SELECT sku_id, minor(original_price) / 100 AS price, id, minor(seller_discount) / 100 AS ours,
                 minor(platform_discount) / 100 AS theirs, package_id
               FROM order_line l WHERE l.order_id = o.id ORDER BY 1, 2, 3)
         GROUP BY sku_id, price ORDER BY sku_id, price)) AS lines,
  (SELECT json_group_array(json_array(id, tracking_number, provider_id))
   FROM (SELECT p.id, p.tracking_number, p.provider_id FROM package_order b CROSS JOIN package p ON p.id = b.package_id
         WHERE b.order_id = o.id ORDER BY b.package_id)) AS packages,
  (SELECT json_array(initiator, reason, create_time) FROM cancellation c WHERE c.order_id = o.id) AS cancellation
FROM orders o
WHERE o.id BETWEEN :from AND :to
ORDER BY o.id;
-- load:
-- An order that is over has no deadline any more. The order keeps its number and its invoice once it has them; numbers come from the block set aside for what moves.
INSERT INTO orders (order_id, shop_id, buyer_id, invoice_ref_num, order_status, payment_method, item_price, shipping_price,
  voucher_amt, open_amt, partial_process, accept_deadline, ship_deadline, create_time, payment_time, pack_time, ship_time,
  delivery_time, finish_time, cancel_time, update_time, cancel_by, cancel_reason, is_held, remorse_hold, stock_return,
  ext_platform, ext_order_id, ext_fields, idem_key)
VALUES ((SELECT coalesce(max(order_id), 2999999999) + 1 FROM orders WHERE order_id BETWEEN 3000000000 AND 3999999999),
  (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop), (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer),
  'INV/' || strftime('%Y%m%d/', :create_time + 25200, 'unixepoch')
    || substr('XXXXXXXXX', 1, strftime('%Y', :create_time + 25200, 'unixepoch') % 100 / 10)
    || trim(substr('    I   II  III IV  V   VI  VII VIIIIX  ', 1 + strftime('%Y', :create_time + 25200, 'unixepoch') % 10 * 4, 4)) || '/'
    || trim(substr('I   II  III IV  V   VI  VII VIIIIX  X   XI  XII ', strftime('%m', :create_time + 25200, 'unixepoch') * 4 - 3, 4)) || '/'
    || (SELECT coalesce(max(order_id), 2999999999) + 1 FROM orders WHERE order_id BETWEEN 3000000000 AND 3999999999),
  CASE :status WHEN 'UNPAID' THEN 100 WHEN 'ON_HOLD' THEN 220 WHEN 'AWAITING_SHIPMENT' THEN 220
    WHEN 'AWAITING_COLLECTION' THEN 450 WHEN 'PARTIALLY_SHIPPING' THEN 450 WHEN 'IN_TRANSIT' THEN 500
    WHEN 'DELIVERED' THEN 600 WHEN 'COMPLETED' THEN 700
    WHEN 'CANCELLED' THEN CASE :cancellation ->> 0 WHEN 'BUYER' THEN 15 WHEN 'SELLER' THEN 0 ELSE 10 END END,
  :method, :sub_total, :shipping, :seller_discount + :platform_discount, :total, :status = 'PARTIALLY_SHIPPING',
  strftime('%Y-%m-%dT%H:%M:%SZ', (CASE WHEN :status IN ('COMPLETED', 'CANCELLED') THEN NULL WHEN :method = 'cod' THEN :create_time WHEN :paid_time > 0 THEN :paid_time END) + :accept_within / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', (CASE WHEN :status IN ('COMPLETED', 'CANCELLED') THEN NULL WHEN :method = 'cod' THEN :create_time WHEN :paid_time > 0 THEN :paid_time END) + :ship_within / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', :create_time + 25200, 'unixepoch'),
  CASE WHEN :paid_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :paid_time + 25200, 'unixepoch') END,
  CASE WHEN :rts_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :rts_time + 25200, 'unixepoch') END,
  CASE WHEN :collection_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :collection_time + 25200, 'unixepoch') END,
  CASE WHEN :delivery_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :delivery_time + 25200, 'unixepoch') END,
  CASE WHEN :complete_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :complete_time + 25200, 'unixepoch') END,
  CASE WHEN :cancel_time > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', :cancel_time + 25200, 'unixepoch') END,
  strftime('%Y-%m-%dT%H:%M:%SZ', :update_time + 25200, 'unixepoch'),
  lower(:cancel_initiator), :cancel_reason, :status = 'ON_HOLD', :remorse, :stock_return, 'tiktok', :_key,
  json_object('order_type', :order_type, 'split_or_combine_tag', :tag, 'seller_discount', :seller_discount,
    'platform_discount', :platform_discount), :idem)
ON CONFLICT (ext_platform, ext_order_id) DO UPDATE SET shop_id = excluded.shop_id, buyer_id = excluded.buyer_id,
  order_status = excluded.order_status, payment_method = excluded.payment_method, item_price = excluded.item_price,
  shipping_price = excluded.shipping_price, insurance = 0, voucher_amt = excluded.voucher_amt, open_amt = excluded.open_amt,
  partial_process = excluded.partial_process, accept_deadline = excluded.accept_deadline,
  ship_deadline = excluded.ship_deadline, create_time = excluded.create_time, payment_time = excluded.payment_time,
  pack_time = excluded.pack_time, ship_time = excluded.ship_time, delivery_time = excluded.delivery_time,
  finish_time = excluded.finish_time, cancel_time = excluded.cancel_time, update_time = excluded.update_time,
  cancel_by = excluded.cancel_by, cancel_reason = excluded.cancel_reason, is_held = excluded.is_held,
  remorse_hold = excluded.remorse_hold, stock_return = excluded.stock_return, ext_fields = excluded.ext_fields,
  idem_key = excluded.idem_key;
DELETE FROM order_detail WHERE order_id = (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key);
INSERT INTO order_detail (order_id, product_id, price, quantity, quantity_deliver, ext_lines)
SELECT o.order_id, (SELECT product_id FROM order_item_map m WHERE m.ext_sku = l.value ->> 0), l.value ->> 1,
  json_array_length(l.value, '$[2]'), CASE WHEN :delivery_time > 0 THEN json_array_length(l.value, '$[2]') ELSE 0 END, l.value -> 2
FROM orders o CROSS JOIN json_each(:lines) l
WHERE o.ext_platform = 'tiktok' AND o.ext_order_id = :_key;
DELETE FROM order_history WHERE order_id = (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key);
INSERT INTO order_history (order_id, seq, code, action_by, comment, ts)
SELECT order_id, 1, order_status, 'system', 'moved', update_time FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
DELETE FROM shipment WHERE order_id = (SELECT order_id FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key);
INSERT INTO shipment (order_id, sp_id, awb, ext_package_id, ext_provider_id)
SELECT o.order_id, 1, p.value ->> 1, p.value ->> 0, p.value ->> 2
FROM orders o CROSS JOIN json_each(:packages) p WHERE o.ext_platform = 'tiktok' AND o.ext_order_id = :_key;
-- delete:
DELETE FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
-- check:
SELECT o.ext_order_id AS _key, o.idem_key AS idem,
  (SELECT ext_shop FROM order_shop_map m WHERE m.shop_id = o.shop_id) AS shop,
  (SELECT ext_id FROM order_buyer_map m WHERE m.user_id = o.buyer_id) AS buyer,
  CASE WHEN o.is_held = 1 THEN 'ON_HOLD' WHEN o.order_status IN (100, 103, 200) THEN 'UNPAID'
    WHEN o.order_status IN (220, 221, 400) THEN 'AWAITING_SHIPMENT'
    WHEN o.order_status = 450 AND o.partial_process = 1 THEN 'PARTIALLY_SHIPPING'
    WHEN o.order_status = 450 THEN 'AWAITING_COLLECTION' WHEN o.order_status BETWEEN 500 AND 540 THEN 'IN_TRANSIT'
    WHEN o.order_status IN (600, 601) THEN 'DELIVERED' WHEN o.order_status IN (700, 701) THEN 'COMPLETED'
    ELSE 'CANCELLED' END AS status,
  coalesce(o.ext_fields ->> 'order_type', 'NORMAL') AS order_type, o.payment_method AS method,
  o.ext_fields ->> 'split_or_combine_tag' AS tag, o.item_price AS sub_total, o.shipping_price AS shipping,
  coalesce(o.ext_fields ->> 'seller_discount', 0) AS seller_discount,
  coalesce(o.ext_fields ->> 'platform_discount', o.voucher_amt) AS platform_discount, o.open_amt AS total,
  unixepoch(o.create_time) - 25200 AS create_time, coalesce(unixepoch(o.payment_time) - 25200, 0) AS paid_time,
  coalesce(unixepoch(o.pack_time) - 25200, 0) AS rts_time, coalesce(unixepoch(o.ship_time) - 25200, 0) AS collection_time,
  coalesce(unixepoch(o.delivery_time) - 25200, 0) AS delivery_time,
  coalesce(unixepoch(o.finish_time) - 25200, 0) AS complete_time,
  coalesce(unixepoch(o.cancel_time) - 25200, 0) AS cancel_time, unixepoch(o.update_time) - 25200 AS update_time,
  upper(o.cancel_by) AS cancel_initiator, o.cancel_reason, o.remorse_hold AS remorse, o.stock_return,
  (SELECT json_group_array(json_array(sku, price, json(units)))
   FROM (SELECT m.ext_sku AS sku, d.price, d.ext_lines AS units
         FROM order_detail d CROSS JOIN order_item_map m ON m.product_id = d.product_id
         WHERE d.order_id = o.order_id ORDER BY 1, 2)) AS lines,
  (SELECT json_group_array(json_array(ext_package_id, awb, ext_provider_id))
   FROM (SELECT ext_package_id, awb, ext_provider_id FROM shipment s
         WHERE s.order_id = o.order_id ORDER BY ext_package_id)) AS packages,
  CASE WHEN o.order_status < 100 OR o.order_status = 550 THEN json_array(
    CASE o.order_status WHEN 15 THEN 'BUYER' WHEN 10 THEN 'SYSTEM' ELSE 'SELLER' END, o.cancel_reason,
    unixepoch(o.cancel_time) - 25200) END AS cancellation
FROM orders o
WHERE o.ext_platform = 'tiktok' AND o.ext_order_id = :_key;
-- present:
SELECT ext_order_id AS _key FROM orders WHERE ext_order_id BETWEEN :from AND :to ORDER BY 1;
