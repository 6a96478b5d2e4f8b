-- Orders of TikTok Shop's shoppers, moved or placed here: Tokopedia to TikTok Shop, under the ids
-- the shoppers know.
-- Quantity rows become the unit rows that stand behind them.
-- Tokopedia's own orders have no ext_order_id and stay.
-- A line knows its sku, so that a change of the item map changes no order.
-- move: orders
-- root: orders(ext_order_id)
-- via: order_detail SELECT ext_order_id FROM orders
--   WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: order_history SELECT ext_order_id FROM orders
--   WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: shipment SELECT ext_order_id FROM orders
--   WHERE order_id = :key AND ext_platform = 'tiktok'
-- via: order_buyer_map SELECT o.ext_order_id
--   FROM order_buyer_map m JOIN orders o ON o.buyer_id = m.user_id
--   WHERE m.ext_id = :key AND o.ext_platform = 'tiktok'
-- via: order_shop_map SELECT o.ext_order_id
--   FROM order_shop_map m JOIN orders o ON o.shop_id = m.shop_id
--   WHERE m.ext_shop = :key AND o.ext_platform = 'tiktok'
-- via: order_item_map SELECT NULL WHERE :key IS NULL
-- drops: package.tracking_number, each platform prints bills of its own
-- extract:
SELECT _key, idem, shop, buyer, status, order_type, method, tag, sub_total, shipping,
  seller_discount, platform_discount, total, create_time, paid_time, rts_time, collection_time,
  delivery_time, complete_time, cancel_time, update_time, cancel_initiator, cancel_reason, remorse,
  stock_return, packages, cancellation,
  (SELECT json_group_array(json_array(ext_sku, price, quantity, ext_lines))
   FROM (
     SELECT ext_sku, price, quantity, ext_lines
     FROM order_detail d WHERE d.order_id = o.order_id ORDER BY n)) AS lines
FROM order_row o
WHERE _key BETWEEN :from AND :to
ORDER BY _key;
-- load:
INSERT INTO orders (id, shop_id, user_id, status, is_on_hold, is_cod, order_type,
  payment_method_name, sub_total, shipping_fee, seller_discount, platform_discount, total_amount,
  create_time, paid_time, rts_time, collection_time, delivery_time, complete_time, cancel_time,
  update_time, cancel_initiator, cancel_reason, split_or_combine_tag, remorse_hold, stock_return,
  idem_key)
VALUES (:_key, :shop, :buyer, :status, :status = 'ON_HOLD', :method = 'cod', :order_type,
  :method, :sub_total || '.00', :shipping || '.00', :seller_discount || '.00',
  :platform_discount || '.00', :total || '.00', :create_time, :paid_time, :rts_time,
  :collection_time, :delivery_time, :complete_time, :cancel_time, :update_time,
  :cancel_initiator, :cancel_reason, :tag, :remorse, :stock_return, :idem)
ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, user_id = excluded.user_id,
  status = excluded.status, is_on_hold = excluded.is_on_hold, is_cod = excluded.is_cod,
  order_type = excluded.order_type, payment_method_name = excluded.payment_method_name,
  sub_total = excluded.sub_total, shipping_fee = excluded.shipping_fee,
  seller_discount = excluded.seller_discount, platform_discount = excluded.platform_discount,
  total_amount = excluded.total_amount, create_time = excluded.create_time,
  paid_time = excluded.paid_time, rts_time = excluded.rts_time,
  collection_time = excluded.collection_time, delivery_time = excluded.delivery_time,
  complete_time = excluded.complete_time, cancel_time = excluded.cancel_time,
  update_time = excluded.update_time, cancel_initiator = excluded.cancel_initiator,
  cancel_reason = excluded.cancel_reason, split_or_combine_tag = excluded.split_or_combine_tag,
  remorse_hold = excluded.remorse_hold, stock_return = excluded.stock_return,
  idem_key = excluded.idem_key;
DELETE FROM order_line WHERE order_id = :_key;
INSERT INTO order_line (id, order_id, sku_id, original_price, sale_price, seller_discount,
  platform_discount, package_id, display_status)
SELECT u.value ->> 0, :_key, l.value ->> 0, l.value ->> 1 || '.00',
  ((l.value ->> 1) - (u.value ->> 1) - (u.value ->> 2)) || '.00', u.value ->> 1 || '.00',
  u.value ->> 2 || '.00', u.value ->> 3,
  CASE
    WHEN :status <> 'PARTIALLY_SHIPPING' THEN :status
    WHEN u.value ->> 3 IS NULL THEN 'AWAITING_SHIPMENT'
    ELSE 'IN_TRANSIT' END
FROM json_each(:lines) l CROSS JOIN json_each(l.value ->> 3) u;
-- Packages that this order has left, unless they hold another one too.
DELETE FROM package WHERE id IN (SELECT package_id FROM package_order WHERE order_id = :_key)
AND id NOT IN (SELECT value ->> 0 FROM json_each(:packages))
AND NOT EXISTS (SELECT 1 FROM package_order b WHERE b.package_id = package.id
  AND b.order_id <> :_key);
DELETE FROM package_order WHERE order_id = :_key;
INSERT INTO package (id, status, tracking_number, provider_id)
SELECT value ->> 0,
  CASE :status
    WHEN 'AWAITING_COLLECTION' THEN 'PROCESSING'
    WHEN 'DELIVERED' THEN 'COMPLETED'
    WHEN 'COMPLETED' THEN 'COMPLETED'
    WHEN 'CANCELLED' THEN 'CANCELLED'
    ELSE 'FULFILLING' END,
  value ->> 1, value ->> 2
FROM json_each(:packages) WHERE true
ON CONFLICT (id) DO UPDATE SET status = excluded.status,
  tracking_number = excluded.tracking_number, provider_id = excluded.provider_id;
INSERT INTO package_order (package_id, order_id) SELECT value ->> 0, :_key
FROM json_each(:packages);
DELETE FROM cancellation WHERE order_id = :_key;
INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT :_key, :cancellation ->> 0, :cancellation ->> 1, :cancellation ->> 2
WHERE :cancellation IS NOT NULL;
-- delete:
DELETE FROM package WHERE id IN (SELECT package_id FROM package_order WHERE order_id = :_key)
AND NOT EXISTS (SELECT 1 FROM package_order b WHERE b.package_id = package.id
  AND b.order_id <> :_key);
DELETE FROM orders WHERE id = :_key;
-- check:
SELECT * FROM order_row WHERE _key = :_key;
-- present:
SELECT id AS _key FROM orders WHERE id BETWEEN :from AND :to ORDER BY 1;
