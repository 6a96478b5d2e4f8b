-- Places one order of :shop for :priced (item, qty, price in rupiah; reserved by now), to be paid
-- by :method.
-- Cash on delivery is as good as paid; :hold says that the shop gives an hour of remorse.
-- A shopper of TikTok Shop (:home = source) gets a token of the kind that she knows.
-- replay:
SELECT o.token AS order_token, o.total, o.status
FROM orders_request r JOIN order_seen o ON o.idem_key = r.idem_key
WHERE r.idem_key = :idem AND r.kind = 'place'
ORDER BY o.order_id DESC LIMIT 1;
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM orders_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('cart is empty') WHERE coalesce(json_array_length(:priced), 0) = 0;
SELECT refuse('log in again')
WHERE :home = 'source' AND NOT EXISTS (SELECT 1 FROM order_buyer_map WHERE ext_id = :buyer);
INSERT INTO orders (order_id, shop_id, buyer_id, order_status, payment_method, item_price,
  shipping_price, open_amt, accept_deadline, ship_deadline, create_time, update_time, is_held,
  remorse_hold, ext_platform, ext_order_id, ext_order_type, ext_seller_discount, idem_key)
WITH
  clock (t) AS MATERIALIZED (SELECT local_text(now() / 1000000)),
  bill (items) AS (SELECT sum(value ->> 'price' * value ->> 'qty') FROM json_each(:priced))
SELECT new_id(:idem),
  iif(:home = 'source', (SELECT shop_id FROM order_shop_map WHERE ext_shop = :shop), :shop),
  iif(:home = 'source', (SELECT user_id FROM order_buyer_map WHERE ext_id = :buyer), :buyer),
  CASE :method WHEN 'cod' THEN 220 ELSE 100 END, :method, items, :shipping, items + :shipping,
  CASE :method WHEN 'cod' THEN local_text((now() + :accept_within) / 1000000) END,
  CASE :method WHEN 'cod' THEN local_text((now() + :ship_within) / 1000000) END,
  t, t, :method = 'cod' AND :hold = 1, :hold,
  CASE :home WHEN 'source' THEN 'tiktok' END,
  CASE :home WHEN 'source' THEN snowflake(:idem, now()) END,
  CASE :home WHEN 'source' THEN 'NORMAL' END,
  CASE :home WHEN 'source' THEN 0 END,
  :idem
FROM clock, bill;
INSERT INTO orders_request (idem_key, ext_platform, kind, answer)
SELECT :idem, o.ext_platform, 'place', coalesce(o.ext_order_id, o.order_id) FROM orders o
WHERE o.order_id = new_id(:idem);
INSERT INTO order_detail (order_id, n, product_id, price, quantity, ext_sku, ext_lines)
WITH RECURSIVE
  line AS MATERIALIZED (
    SELECT key, value ->> 'item' AS item, value ->> 'qty' AS qty, value ->> 'price' AS price
    FROM json_each(:priced)),
  unit (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM unit WHERE i < (SELECT max(qty) FROM line))
SELECT o.order_id, row_number() OVER (ORDER BY item),
  iif(:home = 'source', (SELECT product_id FROM order_item_map WHERE ext_sku = item), item),
  price, qty, CASE :home WHEN 'source' THEN item END,
  CASE :home WHEN 'source' THEN
    (SELECT json_group_array(json_array(id, 0, 0, NULL))
     FROM (
       SELECT snowflake(:idem * 10000 + key * 100 + i, now()) AS id
       FROM unit WHERE i <= qty ORDER BY 1)) END
FROM orders o CROSS JOIN line
WHERE o.order_id = new_id(:idem);
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, h.value ->> 0, h.value ->> 1, h.value ->> 2, o.create_time
FROM orders o, json_each('[[1, 100, "buyer"], [2, 220, "system"]]') h
WHERE o.order_id = new_id(:idem) AND h.value ->> 1 <= o.order_status;
SELECT token AS order_token, total, status FROM order_seen WHERE order_id = new_id(:idem);
