-- Orders with their lines, packages and cancellation: TikTok Shop to Tokopedia.
-- One row a unit becomes one row a product and price with a quantity.
-- The units stand behind it in ext_lines, what else has no column here in ext_*, both for the way
-- back.
-- Every package is an airway bill of each of its orders.
-- Decimal text, always whole rupiah, becomes rupiah, epoch seconds become local time, 0 becomes
-- NULL, a hold becomes 220 with is_held; the history starts with the present state.
-- move: orders
-- root: orders(id)
-- child: order_line(order_id)
-- child: package_order(order_id)
-- child: cancellation(order_id)
-- via: package SELECT order_id FROM package_order WHERE package_id = :key
-- drops: order_history, the history starts with the present state
-- drops: orders.order_id, an order that goes back and comes again is numbered by its key
-- drops: order_detail.order_id, as its order
-- drops: shipment.order_id, as its order
-- drops: shipment.awb, each platform prints bills of its own
-- drops: orders.accept_deadline, an order that is over has no deadline any more
-- drops: orders.ship_deadline, an order that is over has no deadline any more
-- drops: order_line.display_status, follows from the order and the package of the line
-- drops: order_line.sale_price, follows from the price and the discounts
-- drops: orders.commerce_platform, is the same in all
-- drops: orders.currency, is rupiah in all
-- drops: orders.is_cod, follows from the method
-- drops: package.status, follows from the order
-- extract:
SELECT * FROM order_row WHERE _key BETWEEN :from AND :to ORDER BY _key;
-- load:
-- The number comes from the idempotency key, so that an order that is moved again keeps it, and so
-- that what hangs on it needs no look at it.
-- What hung on it before goes with the delete.
-- An order that is over has no deadline any more.
DELETE FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
INSERT INTO orders (order_id, shop_id, buyer_id, order_status, payment_method, item_price,
  shipping_price, voucher_amt, open_amt, partial_process, accept_deadline, ship_deadline,
  create_time, payment_time, pack_time, ship_time, delivery_time, finish_time, cancel_time,
  update_time, cancel_by, cancel_reason, is_held, remorse_hold, stock_return, ext_platform,
  ext_order_id, ext_order_type, ext_tag, ext_seller_discount, idem_key)
VALUES (:moved_in + :idem,
  (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop),
  (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer),
  CASE :status
    WHEN 'COMPLETED' THEN 700
    WHEN 'UNPAID' THEN 100
    WHEN 'ON_HOLD' THEN 220
    WHEN 'AWAITING_SHIPMENT' THEN 220
    WHEN 'AWAITING_COLLECTION' THEN 450
    WHEN 'PARTIALLY_SHIPPING' THEN 450
    WHEN 'IN_TRANSIT' THEN 500
    WHEN 'DELIVERED' THEN 600
    WHEN 'CANCELLED' THEN
      CASE :cancellation ->> 0 WHEN 'BUYER' THEN 15 WHEN 'SELLER' THEN 0 ELSE 10 END END,
  :method, :sub_total, :shipping, :seller_discount + :platform_discount, :total,
  :status = 'PARTIALLY_SHIPPING',
  CASE WHEN :status <> 'COMPLETED' AND :status <> 'CANCELLED' THEN local_text(CASE
    WHEN :method = 'cod' THEN :create_time WHEN :paid_time > 0 THEN :paid_time END
    + :accept_within / 1000000) END,
  CASE WHEN :status <> 'COMPLETED' AND :status <> 'CANCELLED' THEN local_text(CASE
    WHEN :method = 'cod' THEN :create_time WHEN :paid_time > 0 THEN :paid_time END
    + :ship_within / 1000000) END,
  local_text(:create_time),
  CASE WHEN :paid_time > 0 THEN local_text(:paid_time) END,
  CASE WHEN :rts_time > 0 THEN local_text(:rts_time) END,
  CASE WHEN :collection_time > 0 THEN local_text(:collection_time) END,
  CASE WHEN :delivery_time > 0 THEN local_text(:delivery_time) END,
  CASE WHEN :complete_time > 0 THEN local_text(:complete_time) END,
  CASE WHEN :cancel_time > 0 THEN local_text(:cancel_time) END,
  local_text(:update_time),
  lower(:cancel_initiator), :cancel_reason, :status = 'ON_HOLD', :remorse, :stock_return,
  'tiktok', :_key, :order_type, :tag, :seller_discount, :idem);
-- Most orders have one line and one package: json_each costs more than those.
INSERT INTO order_detail
  (order_id, n, product_id, price, quantity, quantity_deliver, ext_sku, ext_lines)
SELECT :moved_in + :idem, n, (SELECT product_id FROM order_item_map WHERE ext_sku = sku), price,
  quantity, quantity * (:delivery_time > 0), sku, units
FROM (
  SELECT 1 AS n, :lines ->> '$[0][0]' AS sku, :lines ->> '$[0][1]' AS price,
    :lines ->> '$[0][2]' AS quantity, :lines ->> '$[0][3]' AS units
  WHERE :lines <> '[]'
  UNION ALL
  SELECT key + 1, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(:lines)
  WHERE json_array_length(:lines) > 1 AND key > 0);
INSERT INTO order_history (order_id, seq, code, action_by, comment, ts)
SELECT order_id, 1, order_status, 'system', 'moved', update_time FROM orders
WHERE order_id = :moved_in + :idem;
INSERT INTO shipment (order_id, n, sp_id, awb, ext_package_id, ext_provider_id)
SELECT :moved_in + :idem, n, 1, awb, package, provider
FROM (
  SELECT 1 AS n, :packages ->> '$[0][0]' AS package, :packages ->> '$[0][1]' AS awb,
    :packages ->> '$[0][2]' AS provider
  WHERE :packages <> '[]'
  UNION ALL
  SELECT key + 1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(:packages)
  WHERE json_array_length(:packages) > 1 AND key > 0);
-- delete:
DELETE FROM orders WHERE ext_platform = 'tiktok' AND ext_order_id = :_key;
-- check:
SELECT _key, idem, shop, buyer, status, order_type, method, tag, sub_total, shipping,
  seller_discount, platform_discount, total, create_time, paid_time, rts_time, collection_time,
  delivery_time, complete_time, cancel_time, update_time, cancel_initiator, cancel_reason, remorse,
  stock_return, packages, cancellation,
  (SELECT json_group_array(json_array(sku, price, quantity, ext_lines))
   FROM (
     SELECT (SELECT ext_sku FROM order_item_map m
             WHERE m.ext_sku = d.ext_sku AND m.product_id = d.product_id) AS sku,
       d.price, d.quantity, d.ext_lines
     FROM order_detail d WHERE d.order_id = o.order_id ORDER BY n)) AS lines
FROM order_row o
WHERE ext_platform = 'tiktok' AND _key = :_key;
-- present:
SELECT ext_order_id AS _key FROM orders WHERE ext_order_id BETWEEN :from AND :to ORDER BY 1;
