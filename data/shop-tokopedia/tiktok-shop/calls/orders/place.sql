-- Places one order of :shop for :priced (item, qty, price in rupiah; reserved by now), to be paid
-- by :method.
-- Cash on delivery is as good as paid; :hold says that the shop gives an hour of remorse.
-- replay:
SELECT o.token AS order_token, o.total, o.status
FROM orders_request r JOIN order_seen o ON o.id = r.answer
WHERE r.idem_key = :idem AND r.kind = 'place';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM orders_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('cart is empty') WHERE coalesce(json_array_length(:priced), 0) = 0;
INSERT INTO orders_request (idem_key, kind, answer) VALUES (:idem, 'place', new_id(:idem));
INSERT INTO orders (id, shop_id, user_id, status, is_on_hold, is_cod, payment_method_name,
  sub_total, shipping_fee, total_amount, create_time, update_time, remorse_hold, idem_key)
SELECT new_id(:idem), :shop, :buyer,
  CASE
    WHEN :method <> 'cod' THEN 'UNPAID' WHEN :hold = 1 THEN 'ON_HOLD' ELSE 'AWAITING_SHIPMENT' END,
  :method = 'cod' AND :hold = 1, :method = 'cod', :method, printf('%d.00', sum(price * qty)),
  printf('%d.00', :shipping), printf('%d.00', sum(price * qty) + :shipping), now() / 1000000,
  now() / 1000000, :hold, :idem
FROM (SELECT value ->> 'qty' AS qty, value ->> 'price' AS price FROM json_each(:priced));
INSERT INTO order_line (id, order_id, sku_id, original_price, sale_price, display_status)
WITH RECURSIVE
  line AS MATERIALIZED (
    SELECT key, value ->> 'item' AS item, value ->> 'qty' AS qty, value ->> 'price' AS price
    FROM json_each(:priced)),
  unit (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM unit WHERE i < (SELECT max(qty) FROM line))
SELECT snowflake(:idem * 10000 + key * 100 + i, now()), o.id, item, printf('%d.00', price),
  printf('%d.00', price), o.status
FROM orders o CROSS JOIN line CROSS JOIN unit ON i <= qty
WHERE o.idem_key = :idem;
SELECT token AS order_token, total, status FROM order_seen WHERE idem = :idem;
