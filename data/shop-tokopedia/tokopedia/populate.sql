-- A living Tokopedia at the scenario's start: 7 shops for 10 products, its own people, carts, and half as many orders of
-- 90 days as TikTok Shop's (idempotency keys from -1000000001, the newest). Beside them what was linked before the
-- migration: TikTok's sellers, listings and buyers, with the key maps. Whoever has sold or bought here before keeps the row
-- they had; the others' rows were made for the purpose, from 1000000000 (shops, users) and 3000000000 (products) on.
-- TikTok's ids are found by the draws and instants of its own populate. All shares, prices and stocks are [I].

-- shops ----------------------------------------------------------------------------------------------

-- Shop s + 1 is TikTok's seller s for a fifth of those.
INSERT INTO shop (shop_id, owner_user_id, name, domain, tts_seller_id, merged_at, shipping_fee, remorse_hold)
WITH RECURSIVE
  n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 7 / 10),
  every_shop AS (
    SELECT s, s + 1 AS id, CASE WHEN s < :products * 3 / 10 AND draw('shop.linked', s) < 200000 THEN 1 ELSE 0 END AS linked FROM n
    UNION ALL SELECT s, 1000000000 + s, 1 FROM n WHERE s < :products * 3 / 10 AND draw('shop.linked', s) >= 200000)
SELECT id, 1 + pick('shop.owner', id, :buyers),
  ('["Toko","Rumah","Gudang","Pusat","Lapak","Galeri","Kedai","Dunia"]' ->> pick('shop.kind', s, 8)) || ' '
  || ('["Berkah","Jaya","Makmur","Sinar","Mitra","Amanah","Bunda","Nusantara","Kita &amp; Co","`Ori`","Caf\u00e9","Cafe\u0301","Laris 🔥","Cahaya"]' ->> pick('shop.name', s, 14))
  || ' ' || s,
  CASE WHEN id < 1000000000 THEN 'toko-' ELSE 'tts-' END || s,
  CASE linked WHEN 1 THEN 'seller-' || snowflake(s, now() - 110000000000000 + s * 1000000) END,
  CASE linked WHEN 1 THEN strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 - 86400 * 10 + 25200, 'unixepoch') END,
  (5 + pick('shop.shipping', s, 16)) * 1000, pick('shop.remorse', s, 5) = 0
FROM every_shop;

INSERT INTO order_shop_map (ext_shop, shop_id)
WITH RECURSIVE n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 3 / 10)
SELECT snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  CASE WHEN draw('shop.linked', s) < 200000 THEN s + 1 ELSE 1000000000 + s END
FROM n;

-- products -------------------------------------------------------------------------------------------

-- Own products, the most popular first: product q is row 1000 + 8q, with two or three children in two of five cases.
INSERT INTO product (product_id, shop_id, parent_id, name, sku, price_idr, weight_g, status, category, keyword, has_variants, main_stock, card)
WITH RECURSIVE
  n (q) AS (SELECT 0 UNION ALL SELECT q + 1 FROM n WHERE q + 1 < :products),
  good AS MATERIALIZED (
    SELECT q, pick('listing.keyword', q, 192) AS k, '[0,0,0,0,0,0,2,2,2,3]' ->> pick('listing.variants', q, 10) AS children FROM n),
  word AS MATERIALIZED (
    SELECT q, k, children, ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel","dompet","arloji",
      "smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok","botol","puzzle","boneka","casing",
      "charger","mouse","keyboard","kipas","setrika","tripod","lensa","sprei","karpet","wajan","termos","keripik",
      "sambal","kopi","teh","helm","oli","raket","matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword,
      (50 + pick('listing.price', q, 450)) * ('[1,1,1,1,2,2,3,5,12,40]' ->> pick('listing.class', q, 10)) * 100 AS price
    FROM good),
  titled AS MATERIALIZED (
    SELECT q, k, children, keyword, price,
      keyword || ' ' || ('["garansi resmi","[READY]","Bisa COD ✅","cuci gudang","&quot;asli&quot;","size M &amp; L","`promo`","edisi caf\u00e9",
        "edisi cafe\u0301","lokal","isi 3","hemat"]' ->> pick('listing.title', q, 12)) || ' ' || q AS title
    FROM word)
SELECT 1000 + q * 8 + v, 1 + q % (:products * 7 / 10), CASE WHEN v > 0 THEN 1000 + q * 8 END, title || CASE WHEN v > 0 THEN ' - varian ' || v ELSE '' END,
  'TKP-' || q || '-' || v, price + max(v - 1, 0) * 2000, 100 + pick('listing.weight', q, 40) * 50, 1,
  '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan","bayi","mainan","handphone",
    "komputer","elektronik","kamera","rumah","dapur","makanan","minuman","otomotif","olahraga","buku","hobi",
    "perhiasan"]' ->> (k / 8),
  keyword, children > 0 AND v = 0,
  CASE WHEN children = 0 OR v > 0 THEN 3 + pick('listing.stock', q * 4 + v, 40)
    + (pick('listing.plenty', q * 4 + v, 3) = 0) * pick('listing.more', q * 4 + v, 358) + 6000 / (1 + q) ELSE 0 END,
  CASE WHEN v = 0 THEN json_object('item', 1000 + q * 8 + (children > 0), 'title', title, 'price', price) END
FROM titled CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
WHERE v <= children;

-- TikTok's listings: product p is row 3000000000 + 8p, a parent where it has several skus; sku v is 1 + v behind it.
-- They are on sale here only for sellers who were here before.
INSERT INTO product (product_id, shop_id, parent_id, name, sku, price_idr, weight_g, status, category, keyword, has_variants, main_stock, card)
WITH RECURSIVE
  n (p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p + 1 < :products),
  good AS MATERIALIZED (
    SELECT p, p % (:products * 3 / 10) AS s, pick('product.keyword', p, 192) AS k,
      '[0,0,0,0,0,0,1,1,1,2]' ->> pick('product.variants', p, 10) AS more FROM n),
  word AS MATERIALIZED (
    SELECT p, s, k, more, draw('shop.linked', s) < 200000 AS on_sale, ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel","dompet","arloji",
      "smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok","botol","puzzle","boneka","casing",
      "charger","mouse","keyboard","kipas","setrika","tripod","lensa","sprei","karpet","wajan","termos","keripik",
      "sambal","kopi","teh","helm","oli","raket","matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword,
      (50 + pick('product.price', p, 450)) * ('[1,1,1,1,2,2,3,5,12,40]' ->> pick('product.class', p, 10)) * 100 AS price
    FROM good),
  titled AS MATERIALIZED (
    SELECT p, s, k, more, on_sale, keyword, price,
      keyword || ' ' || ('["original 100%","[COD] gratis ongkir","Buy 1 Get 1 🔥","terlaris ✨","&quot;best seller&quot;","ukuran S &amp; M",
        "`ready stock`","warna caf\u00e9","warna cafe\u0301","impor","3 in 1","termurah"]' ->> pick('product.title', p, 12)) || ' ' || p AS title
    FROM word)
SELECT 3000000000 + p * 8 + v, CASE WHEN on_sale THEN s + 1 ELSE 1000000000 + s END, CASE WHEN v > 0 AND more > 0 THEN 3000000000 + p * 8 END, title,
  CASE WHEN v > 0 THEN 'SKU-' || p || '-' || (v - 1) END, price + max(v - 1, 0) * 2000, 100 + pick('product.weight', p, 40) * 50, on_sale,
  '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan","bayi","mainan","handphone",
    "komputer","elektronik","kamera","rumah","dapur","makanan","minuman","otomotif","olahraga","buku","hobi",
    "perhiasan"]' ->> (k / 8),
  keyword, v = 0, CASE WHEN v > 0 AND on_sale THEN 3 + pick('linked.stock', p * 4 + v, 398) ELSE 0 END,
  CASE WHEN on_sale AND v = (more = 0) THEN json_object('item', 3000000000 + p * 8 + 1, 'title', title, 'price', price) END
FROM titled CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
WHERE v BETWEEN more = 0 AND more + 1;

INSERT INTO order_item_map (ext_sku, product_id)
SELECT snowflake(p * 4 + v, now() - 63072000000000 + p * (31536000000000 / :products) + (v + 1) * 1000000), product_id
FROM (SELECT product_id, (product_id - 3000000000) / 8 AS p, (product_id - 3000000000) % 8 - 1 AS v FROM product
      WHERE product_id >= 3000000000 AND has_variants = 0 ORDER BY product_id);

INSERT INTO warehouse_stock (product_id, warehouse_id, value)
SELECT product_id, w, CASE WHEN NOT parted THEN main_stock WHEN w = 1 THEN main_stock - main_stock / 3 ELSE main_stock / 3 END
FROM (SELECT product_id, main_stock, pick('listing.warehouses', product_id, 3) = 0 AS parted FROM product WHERE has_variants = 0 ORDER BY product_id)
CROSS JOIN (SELECT 1 AS w UNION ALL SELECT 2)
WHERE w = 1 OR parted;

-- people ---------------------------------------------------------------------------------------------

-- User u + 1 is TikTok's buyer u for a fifth of those; the accounts made for the others have neither mail nor phone yet.
INSERT INTO user (user_id, fullname, email, phone)
WITH RECURSIVE
  n (u) AS (SELECT 0 UNION ALL SELECT u + 1 FROM n WHERE u + 1 < :buyers),
  person AS (SELECT u, u AS person, u + 1 AS id FROM n
    UNION ALL SELECT u, u + 50000000, 1000000000 + u FROM n WHERE draw('buyer.linked', u) >= 200000),
  named AS MATERIALIZED (
    SELECT u, person, id,
      '["Budi","Siti","Agus","Dewi","Eko","Putri","Rizky","Ayu","Dimas","Indah","Fajar","Rina","Hendra","Maya","Yusuf",
        "Lestari","Bayu","Wulan","Joko","Nur''aini","Andr\u00e9","Andre\u0301","Ketut","Made","Asep","Tuti"]'
      ->> pick('person.first', person, 26) AS first,
      '["Santoso","Wijaya","Pratama","Saputra","Hidayat","Nugroho","Lestari","Siregar","Simanjuntak","Setiawan","Kusuma",
        "Halim","Ramadhani","Utami","Gunawan","Permata","Tanjung","Wibowo","","Maharani"]'
      ->> pick('person.last', person, 20) AS last
    FROM person)
SELECT id, rtrim(first || ' ' || last), CASE WHEN id < 1000000000 THEN lower(substr(first, 1, 1)) || u || '@example.com' END,
  CASE WHEN id < 1000000000 THEN '628' || (11 + pick('person.prefix', person, 9)) || printf('%08d', person * 7919 % 100000000) END
FROM named;

INSERT INTO account_link (user_id, ext_platform, ext_id, method, confirmed_at)
WITH RECURSIVE n (u) AS (SELECT 0 UNION ALL SELECT u + 1 FROM n WHERE u + 1 < :buyers)
SELECT CASE WHEN linked THEN u + 1 ELSE 1000000000 + u END, 'tiktok', snowflake(u, now() - 94608000000000 + u * (63072000000000 / :buyers)),
  CASE WHEN NOT linked THEN 'created' WHEN pick('link.method', u, 4) = 0 THEN 'email' ELSE 'phone' END,
  CASE WHEN pick('link.confirmed', u, 20) > 0 THEN strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 - 86400 * 5 + 25200, 'unixepoch') END
FROM (SELECT u, draw('buyer.linked', u) < 200000 AS linked FROM n);

INSERT INTO order_buyer_map (ext_id, user_id) SELECT ext_id, user_id FROM account_link ORDER BY ext_id;
INSERT INTO payment_buyer_map (ext_id, user_id) SELECT ext_id, user_id FROM account_link ORDER BY ext_id;

-- Districts are numbers here; the postal code and the place on the map may be missing.
INSERT INTO address (user_id, receiver, phone, street, district_id, city_id, province_id, postal, geo)
SELECT user_id, fullname, phone,
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas","Pahlawan"]' ->> pick('place.street', user_id, 8))
  || ' No. ' || (1 + pick('place.number', user_id, 200)),
  2000 + d, 150 + d / 10, 10 + d / 60, CASE WHEN pick('place.postal', user_id, 8) = 0 THEN '' ELSE printf('%05d', 10110 + d * 137) END,
  CASE WHEN pick('place.geo', user_id, 2) = 0 THEN '' ELSE printf('-6.%06d,106.%06d', pick('place.south', user_id, 1000000), pick('place.east', user_id, 1000000)) END
FROM (SELECT user_id, fullname, phone, pick('place.district', user_id, 600) AS d FROM user WHERE user_id < 1000000000 ORDER BY user_id);

INSERT INTO wallet_link (user_id, wallet, linked_at)
SELECT user_id, '["gopay","ovo","dana"]' ->> pick('wallet', user_id, 3),
  strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 - 86400 * (1 + pick('wallet.age', user_id, 700)) + 25200, 'unixepoch')
FROM user WHERE user_id < 1000000000 AND draw('wallet.linked', user_id) < 400000 ORDER BY user_id;

INSERT INTO payment_method (gateway_id, code, name)
VALUES (1, 'ewallet', 'GoPay, OVO, DANA'), (2, 'va', 'Virtual account'), (3, 'card', 'Kartu kredit'), (4, 'cod', 'Bayar di tempat'), (5, 'minimarket', 'Alfamart, Indomaret');

-- Old carts of a third of the users: one to three products.
INSERT INTO cart (user_id, product_id, shop_id, quantity, added, idem_key)
WITH RECURSIVE
  n (u) AS (SELECT 1 UNION ALL SELECT u + 1 FROM n WHERE u < :buyers),
  wish AS MATERIALIZED (
    SELECT u, j, zipf('basket.product', u * 4 + j, :products) AS q
    FROM n CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2)
    WHERE draw('basket.full', u) < 333333 AND j <= pick('basket.lines', u, 3))
SELECT u, 1000 + q * 8 + ('[0,0,0,0,0,0,1,1,1,1]' ->> pick('listing.variants', q, 10)), 1 + q % (:products * 7 / 10), 1 + pick('basket.qty', u * 4 + j, 2),
  strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 - 86400 * (1 + j) - pick('basket.age', u, 5000000) + 25200, 'unixepoch'), -1 - j
FROM wish WHERE true
ON CONFLICT DO NOTHING;

-- orders ---------------------------------------------------------------------------------------------

-- Lives as at TikTok Shop, in Tokopedia's codes, the rare ones included; a stage lasts 30 to 100 % of its timer. Order and
-- payment are numbered alike, the oldest first. Sums are filled in when the lines are there.
INSERT INTO orders (order_id, payment_id, shop_id, buyer_id, invoice_url, order_status, payment_method, item_price, shipping_price,
  voucher_amt, open_amt, is_affiliate, accept_deadline, ship_deadline, create_time, payment_time, pack_time, ship_time,
  delivery_time, finish_time, cancel_time, update_time, cancel_by, cancel_reason, is_held, remorse_hold, idem_key)
WITH RECURSIVE
  n (i) AS (SELECT :orders / 2 WHERE :orders > 1 UNION ALL SELECT i - 1 FROM n WHERE i > 1),
  fate AS MATERIALIZED (
    SELECT i, -1000000000 - i AS k, draw('order.method', -1000000000 - i) AS method, pick('order.fate', -1000000000 - i, 1000) AS fate,
      zipf('order.product', -1000000000 - i, :products) % (:products * 7 / 10) AS s,
      now() - 1000000 - (i - 1) * (7776000000000 / (:orders / 2)) - draw('order.age', -1000000000 - i) * (3888000000000 / (:orders / 2)) / 1000000 AS at
    FROM n),
  method AS MATERIALIZED (
    SELECT i, k, at, fate, s, pick('shop.remorse', s, 5) = 0 AS hold,
      CASE WHEN method < 390000 THEN 'ewallet' WHEN method < 660000 OR fate < 40 THEN 'va' WHEN method < 830000 THEN 'card'
        WHEN method < 940000 THEN 'cod' ELSE 'minimarket' END AS method FROM fate),
  paid AS MATERIALIZED (
    SELECT *, CASE WHEN fate < 40 THEN NULL WHEN method = 'ewallet' THEN at + 2000000 WHEN method = 'card' THEN at + 20000000
      WHEN method = 'cod' THEN at WHEN method = 'va' THEN at + (60000000 + pick('order.va', k, 1500) * 1000000)
      ELSE at + (600000000 + pick('order.counter', k, 4800) * 1000000) END AS paid_at FROM method),
  packed AS MATERIALIZED (
    SELECT *, paid_at + hold * :remorse_hold AS open_at,
      paid_at + hold * :remorse_hold + (300000 + draw('order.accept', k) * 7 / 10) * :accept_after / 1000000 AS pack_at FROM paid),
  shipped AS MATERIALIZED (
    SELECT *, pack_at + (300000 + draw('order.ship', k) * 7 / 10) * :ship_after / 1000000 AS ship_at,
      CASE WHEN fate < 40 THEN at + :unpaid_for WHEN fate < 67 THEN pack_at END AS end_at FROM packed),
  delivered AS MATERIALIZED (
    SELECT *, ship_at + (300000 + draw('order.deliver', k) * 7 / 10) * :deliver_after / 1000000 AS deliver_at FROM shipped),
  life AS MATERIALIZED (
    SELECT *, deliver_at + (300000 + draw('order.complete', k) * 7 / 10) * :complete_after / 1000000 AS complete_at FROM delivered),
  seen AS MATERIALIZED (
    SELECT i, k, at, fate, s, hold, method, pick('order.code', k, 10) AS code,
      CASE WHEN paid_at <= now() THEN paid_at END AS paid_at, CASE WHEN open_at <= now() THEN open_at END AS open_at,
      CASE WHEN end_at IS NULL AND pack_at <= now() THEN pack_at END AS pack_at,
      CASE WHEN end_at IS NULL AND ship_at <= now() THEN ship_at END AS ship_at,
      CASE WHEN end_at IS NULL AND deliver_at <= now() THEN deliver_at END AS deliver_at,
      CASE WHEN end_at IS NULL AND complete_at <= now() THEN complete_at END AS complete_at,
      CASE WHEN end_at <= now() THEN end_at END AS end_at FROM life),
  status AS MATERIALIZED (
    SELECT *, :orders / 2 + 1 - i AS id, strftime('%Y%m%d', at / 1000000 + 25200, 'unixepoch') AS day,
      CASE WHEN method = 'cod' THEN at / 1000000 ELSE paid_at / 1000000 END AS due,
      CASE WHEN end_at THEN CASE WHEN fate < 40 THEN 10 WHEN fate < 60 THEN 15 ELSE '[0,0,3,6,5,0,3]' ->> (fate - 60) END
        WHEN complete_at THEN '[700,700,700,700,700,700,700,700,700,701]' ->> code
        WHEN deliver_at THEN CASE WHEN fate >= 990 THEN 601 ELSE 600 END
        WHEN ship_at THEN CASE WHEN fate >= 980 THEN '[501,520,530,540]' ->> (code % 4) ELSE 500 END WHEN pack_at THEN 450
        WHEN open_at THEN '[220,220,220,220,221,221,400,400,400,400]' ->> code WHEN paid_at THEN 220
        WHEN method IN ('va', 'minimarket') AND code > 0 THEN 103 ELSE '[200,100,100,100,100,100,100,100,100,100]' ->> code END AS status
    FROM seen)
SELECT id, CASE WHEN paid_at AND method <> 'cod' THEN id END, 1 + s, 1 + pick('order.buyer', k, :buyers),
  CASE WHEN paid_at THEN 'https://www.tokopedia.com/invoice?id=' || id END, status, method, 3001,
  (5 + pick('shop.shipping', s, 16)) * 1000, 0, 3001 + (5 + pick('shop.shipping', s, 16)) * 1000, pick('order.affiliate', k, 40) = 0,
  strftime('%Y-%m-%dT%H:%M:%SZ', due + :accept_within / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', due + :ship_within / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000000 + 25200, 'unixepoch'),
  CASE WHEN method <> 'cod' THEN strftime('%Y-%m-%dT%H:%M:%SZ', paid_at / 1000000 + 25200, 'unixepoch') END,
  strftime('%Y-%m-%dT%H:%M:%SZ', pack_at / 1000000 + 25200, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%SZ', ship_at / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', deliver_at / 1000000 + 25200, 'unixepoch'), strftime('%Y-%m-%dT%H:%M:%SZ', complete_at / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', end_at / 1000000 + 25200, 'unixepoch'),
  strftime('%Y-%m-%dT%H:%M:%SZ', coalesce(end_at, complete_at, deliver_at, ship_at, pack_at, open_at, paid_at, at) / 1000000 + 25200, 'unixepoch'),
  CASE WHEN end_at THEN CASE WHEN fate < 40 THEN 'system' WHEN fate < 60 THEN 'buyer' ELSE 'seller' END END,
  CASE WHEN end_at THEN CASE WHEN fate < 40 THEN 'payment did not come' WHEN fate < 60 THEN '["salah pilih","berubah pikiran 😅","ganti alamat"]'
    ->> pick('order.reason', k, 3) ELSE 'stok habis' END END,
  paid_at IS NOT NULL AND open_at IS NULL AND end_at IS NULL, hold, k
FROM status;

-- One to four rows, the first a popular product, the others of the same shop; one to three of each.
INSERT INTO order_detail (order_id, n, product_id, price, quantity, quantity_deliver, weight_kg)
WITH
  head AS MATERIALIZED (
    SELECT order_id, idem_key AS k, order_status, delivery_time, zipf('order.product', idem_key, :products) AS q, :products * 7 / 10 AS shops,
      draw('order.units', idem_key) AS units FROM orders),
  line AS MATERIALIZED (
    SELECT head.*, j, (:products - q % shops + shops - 1) / shops AS kinds
    FROM head CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
    WHERE j <= (units >= 620000) + (units >= 850000) + (units >= 950000)),
  good AS MATERIALIZED (SELECT *, q % shops + shops * ((q / shops + j) % kinds) AS g FROM line),
  leaf AS MATERIALIZED (SELECT *, '[0,0,0,0,0,0,2,2,2,3]' ->> pick('listing.variants', g, 10) AS children FROM good)
SELECT order_id, j + 1, p.product_id, p.price_idr, qty, CASE WHEN delivery_time IS NOT NULL THEN qty ELSE 0 END,
  printf('%d.%03d', p.weight_g * qty / 1000, p.weight_g * qty % 1000)
FROM (SELECT *, 1 + pick('order.qty', k * 4 - j, 20) / 15 + pick('order.qty', k * 4 - j, 20) / 19 AS qty,
        1000 + g * 8 + CASE children WHEN 0 THEN 0 ELSE 1 + (pick('order.variant', k, children) + j / kinds) % children END AS item
      FROM leaf WHERE j / kinds < max(children, 1)) l
CROSS JOIN product p ON p.product_id = l.item;

UPDATE orders SET item_price = items, voucher_amt = (pick('order.voucher', idem_key, 12) = 0) * 3000,
  open_amt = items + shipping_price - (pick('order.voucher', idem_key, 12) = 0) * 3000
FROM (SELECT order_id, sum(price * quantity) AS items FROM order_detail GROUP BY order_id) l
WHERE l.order_id = orders.order_id;

INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, seq, code, action_by, ts FROM (
  SELECT order_id, 1 AS seq, 100 AS code, 'buyer' AS action_by, create_time AS ts FROM orders
  UNION ALL SELECT order_id, 2, 220, 'system', payment_time FROM orders
  UNION ALL SELECT order_id, 3, 400, 'seller', pack_time FROM orders
  UNION ALL SELECT order_id, 4, 450, 'seller', pack_time FROM orders
  UNION ALL SELECT order_id, 5, 500, 'seller', ship_time FROM orders
  UNION ALL SELECT order_id, 6, 600, 'courier', delivery_time FROM orders
  UNION ALL SELECT order_id, 7, order_status, 'system', finish_time FROM orders
  UNION ALL SELECT order_id, 8, order_status, cancel_by, cancel_time FROM orders)
WHERE ts IS NOT NULL ORDER BY order_id, seq;

INSERT INTO shipment (order_id, sp_id, awb)
SELECT order_id, 1 + pick('shipment.courier', order_id, 8), 'TKP' || printf('%012d', order_id) FROM orders WHERE pack_time IS NOT NULL ORDER BY order_id;

-- payments -------------------------------------------------------------------------------------------

INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, voucher_code, status_id, create_time, payment_date, idem_key)
SELECT order_id, buyer_id, CASE payment_method WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3 WHEN 'cod' THEN 4 ELSE 5 END,
  'PYM' || substr(invoice_ref_num, 4), open_amt, CASE WHEN voucher_amt > 0 THEN printf('HEMAT%02d', 1 + pick('voucher.code', idem_key, 20)) END,
  CASE WHEN payment_method = 'cod' THEN 5 WHEN order_status IN (100, 103, 200) THEN 1 WHEN cancel_by IS NOT NULL AND payment_time IS NULL THEN 3
    WHEN cancel_by IS NOT NULL OR finish_time IS NOT NULL AND pick('order.fate', idem_key, 1000) BETWEEN 68 AND 78 THEN 4 ELSE 2 END,
  create_time, payment_time, idem_key
FROM orders ORDER BY order_id;

INSERT INTO payment_order (payment_id, ext_platform, ext_order_id)
SELECT payment_id, 'tokopedia', CAST(payment_id AS TEXT) FROM payment ORDER BY payment_id;

-- Returns of finished orders (67 to 88 in 1000) and refunds of cancelled ones.
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state)
SELECT payment_id, CAST(payment_id AS TEXT), CASE WHEN fate <= 78 OR cancelled THEN 3 WHEN fate <= 82 THEN 0 WHEN fate <= 85 THEN 1 ELSE 2 END,
  CASE WHEN cancelled THEN 'cancelled' WHEN pick('return.type', k, 2) = 0 THEN 'refund' ELSE 'return_and_refund' END, amount,
  CASE WHEN status_id = 4 THEN 'SUCCESS' WHEN fate = 67 AND NOT cancelled THEN 'FAILED' END
FROM (SELECT p.payment_id, p.idem_key AS k, p.amount, p.status_id, o.cancel_by IS NOT NULL AS cancelled, o.finish_time IS NOT NULL AS finished,
        pick('order.fate', p.idem_key, 1000) AS fate
      FROM payment p JOIN orders o ON o.order_id = p.payment_id WHERE p.status_id IN (2, 4) ORDER BY p.payment_id)
WHERE cancelled OR finished AND fate BETWEEN 67 AND 88;

-- merchants ------------------------------------------------------------------------------------------

INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref)
SELECT shop_id, 1, open_amt, finish_time, 'sale/' || order_id FROM orders
WHERE finish_time >= strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 - 259200 + 25200, 'unixepoch') ORDER BY finish_time, order_id;

INSERT INTO voucher (code, funder, amount, budget_left)
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 20)
SELECT printf('HEMAT%02d', v), CASE WHEN v % 3 = 0 THEN 'seller' ELSE 'platform' END, 3000, 500 + pick('voucher.budget', v, 5000) FROM n;
