-- Orders with their lines, packages and cancellation: TikTok Shop to Tokopedia.
-- One row a unit becomes one row a product and price with a quantity; the units stand behind it in ext_lines, what else
-- has no column here in ext_*, both for the way back. Every package is an airway bill of each of its orders.
-- Decimal text, always whole rupiah, becomes rupiah, epoch seconds become local time, 0 becomes NULL, a hold becomes 220
-- with is_held; the history starts with the present state.
-- move: orders
-- root: orders(id)
-- child: order_line(order_id)
-- child: package_order(order_id)
-- child: cancellation(order_id)
-- via: package SELECT order_id FROM package_order WHERE package_id = :key
-- extract:
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
WHERE o.id BETWEEN :from AND :to
ORDER BY o.id;
-- load:
-- The number comes from the idempotency key, so that an order that is moved again keeps it, and so that what hangs on it
-- needs no look at it. What hung on it before goes with the delete. An order that is over has no deadline any more.
DELETE FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
INSERT INTO orders (order_id, shop_id, buyer_id, order_status, payment_method, item_price, shipping_price, voucher_amt,
  open_amt, partial_process, accept_deadline, ship_deadline, create_time, payment_time, pack_time, ship_time, delivery_time,
  finish_time, cancel_time, update_time, cancel_by, cancel_reason, is_held, remorse_hold, stock_return, ext_platform,
  ext_order_id, ext_order_type, ext_tag, ext_seller_discount, idem_key)
VALUES (3000000000000000 + :idem,
  (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop), (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer),
  CASE :status WHEN 'COMPLETED' THEN 700 WHEN 'UNPAID' THEN 100 WHEN 'ON_HOLD' THEN 220 WHEN 'AWAITING_SHIPMENT' THEN 220
    WHEN 'AWAITING_COLLECTION' THEN 450 WHEN 'PARTIALLY_SHIPPING' THEN 450 WHEN 'IN_TRANSIT' THEN 500
    WHEN 'DELIVERED' THEN 600
    WHEN 'CANCELLED' THEN CASE :cancellation ->> 0 WHEN 'BUYER' THEN 15 WHEN 'SELLER' THEN 0 ELSE 10 END END,
  :method, :sub_total, :shipping, :seller_discount + :platform_discount, :total, :status = 'PARTIALLY_SHIPPING',
  CASE WHEN :status <> 'COMPLETED' AND :status <> 'CANCELLED' THEN time_text(CASE WHEN :method = 'cod' THEN :create_time
    WHEN :paid_time > 0 THEN :paid_time END + :accept_within / 1000000 + 25200) END,
  CASE WHEN :status <> 'COMPLETED' AND :status <> 'CANCELLED' THEN time_text(CASE WHEN :method = 'cod' THEN :create_time
    WHEN :paid_time > 0 THEN :paid_time END + :ship_within / 1000000 + 25200) END,
  time_text(:create_time + 25200),
  CASE WHEN :paid_time > 0 THEN time_text(:paid_time + 25200) END,
  CASE WHEN :rts_time > 0 THEN time_text(:rts_time + 25200) END,
  CASE WHEN :collection_time > 0 THEN time_text(:collection_time + 25200) END,
  CASE WHEN :delivery_time > 0 THEN time_text(:delivery_time + 25200) END,
  CASE WHEN :complete_time > 0 THEN time_text(:complete_time + 25200) END,
  CASE WHEN :cancel_time > 0 THEN time_text(:cancel_time + 25200) END,
  time_text(:update_time + 25200),
  lower(:cancel_initiator), :cancel_reason, :status = 'ON_HOLD', :remorse, :stock_return, 'tiktok', :_key, :order_type, :tag,
  :seller_discount, :idem);
-- Most orders have one line and one package: json_each costs more than those.
INSERT INTO order_detail (order_id, n, product_id, price, quantity, quantity_deliver, ext_sku, ext_lines)
SELECT 3000000000000000 + :idem, n, (SELECT product_id FROM order_item_map WHERE ext_sku = sku), price, quantity,
  quantity * (:delivery_time > 0), sku, units
FROM (SELECT 1 AS n, :lines ->> '$[0][0]' AS sku, :lines ->> '$[0][1]' AS price, :lines ->> '$[0][2]' AS quantity,
        :lines ->> '$[0][3]' AS units
      WHERE :lines <> '[]'
      UNION ALL
      SELECT key + 1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:lines)
      WHERE json_array_length(:lines) > 1 AND key > 0);
INSERT INTO order_history (order_id, seq, code, action_by, comment, ts)
SELECT order_id, 1, order_status, 'system', 'moved', update_time FROM orders WHERE order_id = 3000000000000000 + :idem;
INSERT INTO shipment (order_id, n, sp_id, awb, ext_package_id, ext_provider_id)
SELECT 3000000000000000 + :idem, n, 1, awb, package, provider
FROM (SELECT 1 AS n, :packages ->> '$[0][0]' AS package, :packages ->> '$[0][1]' AS awb, :packages ->> '$[0][2]' AS provider
      WHERE :packages <> '[]'
      UNION ALL
      SELECT key + 1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(:packages)
      WHERE json_array_length(:packages) > 1 AND key > 0);
-- delete:
DELETE FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
-- check:
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
  (SELECT json_group_array(json_array(sku, price, quantity, ext_lines))
   FROM (SELECT (SELECT ext_sku FROM order_item_map m WHERE m.ext_sku = d.ext_sku AND m.product_id = d.product_id) AS sku,
           d.price, d.quantity, d.ext_lines
         FROM order_detail d WHERE d.order_id = o.order_id ORDER BY n)) AS lines,
  (SELECT json_group_array(json_array(ext_package_id, awb, ext_provider_id))
   FROM (SELECT ext_package_id, awb, ext_provider_id FROM shipment s
         WHERE s.order_id = o.order_id ORDER BY n)) AS packages,
  CASE WHEN o.order_status < 100 OR o.order_status = 550 THEN json_array(
    CASE o.order_status WHEN 15 THEN 'BUYER' WHEN 10 THEN 'SYSTEM' ELSE 'SELLER' END, o.cancel_reason,
    time_seconds(o.cancel_time) - 25200) END AS cancellation
FROM orders o
WHERE o.ext_platform = 'tiktok' AND o.ext_order_id = :_key;
-- present:
SELECT ext_order_id AS _key FROM orders WHERE ext_order_id BETWEEN :from AND :to ORDER BY 1;
