-- Orders of TikTok Shop's shoppers, moved or placed here: Tokopedia to TikTok Shop, under the ids the shoppers know.
-- Quantity rows become the unit rows that stand behind them. Tokopedia's own orders have no ext_order_id and stay.
-- A line knows its sku, so that a change of the item map changes no order.
-- move: orders
-- root: orders(ext_order_id)
-- via: order_detail SELECT ext_order_id FROM orders WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: order_history SELECT ext_order_id FROM orders WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: shipment SELECT ext_order_id FROM orders WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: order_buyer_map SELECT o.ext_order_id FROM order_buyer_map m JOIN orders o ON o.buyer_id = m.user_id WHERE m.ext_id = :key AND o.ext_platform = 'tiktok'
-- via: order_shop_map SELECT o.ext_order_id FROM order_shop_map m JOIN orders o ON o.shop_id = m.shop_id WHERE m.ext_shop = :key AND o.ext_platform = 'tiktok'
-- via: order_item_map SELECT NULL WHERE :key IS NULL
-- extract:
SELECT o.ext_order_id AS _key, o.idem_key AS idem,
  (SELECT ext_shop FROM order_shop_map m WHERE m.shop_id = o.shop_id) AS shop,
  (SELECT ext_id FROM order_buyer_map m WHERE m.user_id = o.buyer_id) AS buyer,
  CASE WHEN o.is_held = 1 THEN 'ON_HOLD' WHEN o.order_status BETWEEN 100 AND 200 THEN 'UNPAID'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'AWAITING_SHIPMENT'
    WHEN o.order_status = 450 AND o.partial_process = 1 THEN 'PARTIALLY_SHIPPING'
    WHEN o.order_status = 450 THEN 'AWAITING_COLLECTION' WHEN o.order_status BETWEEN 500 AND 540 THEN 'IN_TRANSIT'
    WHEN o.order_status BETWEEN 600 AND 601 THEN 'DELIVERED' WHEN o.order_status BETWEEN 700 AND 701 THEN 'COMPLETED'
    ELSE 'CANCELLED' END AS status,
  coalesce(o.ext_order_type, 'NORMAL') AS order_type, o.payment_method AS method, o.ext_tag AS tag,
  o.item_price AS sub_total, o.shipping_price AS shipping, coalesce(o.ext_seller_discount, 0) AS seller_discount,
  o.voucher_amt - coalesce(o.ext_seller_discount, 0) AS platform_discount, o.open_amt AS total,
  time_seconds(o.create_time) - 25200 AS create_time, coalesce(time_seconds(o.payment_time) - 25200, 0) AS paid_time,
  coalesce(time_seconds(o.pack_time) - 25200, 0) AS rts_time, coalesce(time_seconds(o.ship_time) - 25200, 0) AS collection_time,
  coalesce(time_seconds(o.delivery_time) - 25200, 0) AS delivery_time,
  coalesce(time_seconds(o.finish_time) - 25200, 0) AS complete_time,
  coalesce(time_seconds(o.cancel_time) - 25200, 0) AS cancel_time, time_seconds(o.update_time) - 25200 AS update_time,
  upper(o.cancel_by) AS cancel_initiator, o.cancel_reason, o.remorse_hold AS remorse, o.stock_return,
  (SELECT json_group_array(json_array(ext_sku, price, quantity, ext_lines))
   FROM (SELECT ext_sku, price, quantity, ext_lines FROM order_detail d WHERE d.order_id = o.order_id ORDER BY n)) AS lines,
  (SELECT json_group_array(json_array(ext_package_id, awb, ext_provider_id))
   FROM (SELECT ext_package_id, awb, ext_provider_id FROM shipment s
         WHERE s.order_id = o.order_id ORDER BY n)) AS packages,
  CASE WHEN o.order_status < 100 OR o.order_status = 550 THEN json_array(
    CASE o.order_status WHEN 15 THEN 'BUYER' WHEN 10 THEN 'SYSTEM' ELSE 'SELLER' END, o.cancel_reason,
    time_seconds(o.cancel_time) - 25200) END AS cancellation
FROM orders o
WHERE o.ext_order_id BETWEEN :from AND :to
ORDER BY o.ext_order_id;
-- load:
INSERT INTO orders (id, shop_id, user_id, status, is_on_hold, is_cod, order_type, payment_method_name, sub_total, shipping_fee,
  seller_discount, platform_discount, total_amount, create_time, paid_time, rts_time, collection_time, delivery_time,
  complete_time, cancel_time, update_time, cancel_initiator, cancel_reason, split_or_combine_tag, remorse_hold,
  stock_return, idem_key)
VALUES (:_key, :shop, :buyer, :status, :status = 'ON_HOLD', :method = 'cod', :order_type, :method, :sub_total || '.00',
  :shipping || '.00', :seller_discount || '.00', :platform_discount || '.00', :total || '.00',
  :create_time, :paid_time, :rts_time, :collection_time, :delivery_time, :complete_time, :cancel_time, :update_time,
  :cancel_initiator, :cancel_reason, :tag, :remorse, :stock_return, :idem)
ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, user_id = excluded.user_id, status = excluded.status,
  is_on_hold = excluded.is_on_hold, is_cod = excluded.is_cod, order_type = excluded.order_type,
  payment_method_name = excluded.payment_method_name, sub_total = excluded.sub_total, shipping_fee = excluded.shipping_fee,
  seller_discount = excluded.seller_discount, platform_discount = excluded.platform_discount,
  total_amount = excluded.total_amount, create_time = excluded.create_time, paid_time = excluded.paid_time,
  rts_time = excluded.rts_time, collection_time = excluded.collection_time, delivery_time = excluded.delivery_time,
  complete_time = excluded.complete_time, cancel_time = excluded.cancel_time, update_time = excluded.update_time,
  cancel_initiator = excluded.cancel_initiator, cancel_reason = excluded.cancel_reason,
  split_or_combine_tag = excluded.split_or_combine_tag, remorse_hold = excluded.remorse_hold,
  stock_return = excluded.stock_return, idem_key = excluded.idem_key;
DELETE FROM order_line WHERE order_id = :_key;
INSERT INTO order_line (id, order_id, sku_id, original_price, sale_price, seller_discount, platform_discount, package_id, display_status)
SELECT u.value ->> 0, :_key, l.value ->> 0, l.value ->> 1 || '.00',
  ((l.value ->> 1) - (u.value ->> 1) - (u.value ->> 2)) || '.00', u.value ->> 1 || '.00', u.value ->> 2 || '.00', u.value ->> 3,
  CASE WHEN :status <> 'PARTIALLY_SHIPPING' THEN :status WHEN u.value ->> 3 IS NULL THEN 'AWAITING_SHIPMENT'
    ELSE 'IN_TRANSIT' END
FROM json_each(:lines) l CROSS JOIN json_each(l.value ->> 3) u;
-- Packages that this order has left, unless they hold another one too.
DELETE FROM package WHERE id IN (SELECT package_id FROM package_order WHERE order_id = :_key)
AND id NOT IN (SELECT value ->> 0 FROM json_each(:packages))
AND NOT EXISTS (SELECT 1 FROM package_order b WHERE b.package_id = package.id AND b.order_id <> :_key);
DELETE FROM package_order WHERE order_id = :_key;
INSERT INTO package (id, status, tracking_number, provider_id)
SELECT value ->> 0, CASE :status WHEN 'AWAITING_COLLECTION' THEN 'PROCESSING' WHEN 'DELIVERED' THEN 'COMPLETED'
    WHEN 'COMPLETED' THEN 'COMPLETED' WHEN 'CANCELLED' THEN 'CANCELLED' ELSE 'FULFILLING' END, value ->> 1, value ->> 2
FROM json_each(:packages) WHERE true
ON CONFLICT (id) DO UPDATE SET status = excluded.status, tracking_number = excluded.tracking_number,
  provider_id = excluded.provider_id;
INSERT INTO package_order (package_id, order_id) SELECT value ->> 0, :_key FROM json_each(:packages);
DELETE FROM cancellation WHERE order_id = :_key;
INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT :_key, :cancellation ->> 0, :cancellation ->> 1, :cancellation ->> 2 WHERE :cancellation IS NOT NULL;
-- delete:
DELETE FROM package WHERE id IN (SELECT package_id FROM package_order WHERE order_id = :_key)
AND NOT EXISTS (SELECT 1 FROM package_order b WHERE b.package_id = package.id AND b.order_id <> :_key);
DELETE FROM orders WHERE id = :_key;
-- check:
SELECT o.id AS _key, o.idem_key AS idem, o.shop_id AS shop, o.user_id AS buyer, o.status, o.order_type,
  o.payment_method_name AS method, o.split_or_combine_tag AS tag, CAST(o.sub_total AS INTEGER) AS sub_total,
  CAST(o.shipping_fee AS INTEGER) AS shipping, CAST(o.seller_discount AS INTEGER) AS seller_discount,
  CAST(o.platform_discount AS INTEGER) AS platform_discount, CAST(o.total_amount AS INTEGER) AS total,
  o.create_time, o.paid_time, o.rts_time, o.collection_time, o.delivery_time, o.complete_time, o.cancel_time, o.update_time,
  o.cancel_initiator, o.cancel_reason, o.remorse_hold AS remorse, o.stock_return,
  (SELECT json_group_array(json_array(sku_id, price, quantity, units))
   FROM (SELECT sku_id, CAST(original_price AS INTEGER) AS price, count(*) AS quantity, json_group_array(json_array(id,
           CAST(seller_discount AS INTEGER), CAST(platform_discount AS INTEGER), package_id)) || '' AS units
         FROM order_line l WHERE l.order_id = o.id GROUP BY sku_id, original_price)) AS lines,
  (SELECT json_group_array(json_array(id, tracking_number, provider_id))
   FROM (SELECT p.id, p.tracking_number, p.provider_id FROM package_order b CROSS JOIN package p ON p.id = b.package_id
         WHERE b.order_id = o.id ORDER BY b.package_id)) AS packages,
  (SELECT json_array(initiator, reason, create_time) FROM cancellation c WHERE c.order_id = o.id) AS cancellation
FROM orders o
WHERE o.id = :_key;
-- present:
SELECT id AS _key FROM orders WHERE id BETWEEN :from AND :to ORDER BY 1;
