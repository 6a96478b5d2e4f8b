-- A living Tokopedia at the scenario's start: 7 shops for 10 products, its own people, carts, and
-- half as many orders of 90 days as TikTok Shop's (idempotency keys from -1000000001, the newest).
-- Beside them what was linked before the migration: TikTok's sellers, listings and buyers, with the
-- key maps.
-- Whoever has sold or bought here before keeps the row they had; the others' rows were made for the
-- purpose, from 1000000000 (shops, users) and 3000000000 (products) on.
-- TikTok's ids are found by the draws and instants of its own populate.
-- All shares, prices and stocks are [I].
-- One draw serves for several things, and `LIMIT -1 OFFSET 0` keeps a step one step: TikTok Shop's
-- populate says why.

-- shops -------------------------------------------------------------------------------------------

-- Shop s + 1 is TikTok's seller s for a fifth of those.
INSERT INTO shop (shop_id, owner_user_id, name, domain, tts_seller_id, merged_at, shipping_fee,
  remorse_hold)
WITH RECURSIVE
  n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 7 / 10),
  every_shop AS (
    SELECT s, s + 1 AS id, CASE WHEN s < :products * 3 / 10
    AND draw('shop.linked', s) < 200000 THEN 1 ELSE 0 END AS linked FROM n
    UNION ALL SELECT s, 1000000000 + s,
      1 FROM n WHERE s < :products * 3 / 10 AND draw('shop.linked', s) >= 200000)
SELECT id, 1 + pick('shop.owner', id, :buyers),
  ('["Toko","Rumah","Gudang","Pusat","Lapak","Galeri","Kedai","Dunia"]' ->> pick('shop.kind', s, 8))
    || ' '
  || ('["Berkah","Jaya","Makmur","Sinar","Mitra","Amanah","Bunda","Nusantara","Kita &amp; Co",
    "`Ori`","Caf\u00e9","Cafe\u0301","Laris 🔥","Cahaya"]' ->> pick('shop.name', s, 14))
  || ' ' || s,
  CASE WHEN id < 1000000000 THEN 'toko-' ELSE 'tts-' END || s,
  CASE linked WHEN 1 THEN 'seller-' || snowflake(s, now() - 110000000000000 + s * 1000000) END,
  CASE linked WHEN 1 THEN local_text(now() / 1000000 - 86400 * 10) END,
  (5 + pick('shop.remorse', s, 80) % 16) * 1000, pick('shop.remorse', s, 80) < 16
FROM every_shop;

INSERT INTO order_shop_map (ext_shop, shop_id)
WITH RECURSIVE n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 3 / 10)
SELECT snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  CASE WHEN draw('shop.linked', s) < 200000 THEN s + 1 ELSE 1000000000 + s END
FROM n;

INSERT INTO catalogue_shop_map (ext_shop, shop_id) SELECT ext_shop, shop_id FROM order_shop_map
ORDER BY ext_shop;
INSERT INTO cart_shop_map (ext_shop, shop_id) SELECT ext_shop, shop_id FROM order_shop_map
ORDER BY ext_shop;

-- products ----------------------------------------------------------------------------------------

-- Own products, the most popular first: product q is row 1000 + 8q, with two or three children in
-- two of five cases.
INSERT INTO product (product_id, shop_id, parent_id, name, sku, price_idr, weight_g, status,
  category, keyword, has_variants, main_stock, card)
WITH RECURSIVE
  n (q) AS (SELECT 0 UNION ALL SELECT q + 1 FROM n WHERE q + 1 < :products),
  good AS (
    SELECT q, pick('listing.keyword', q, 192) AS k, pick('listing.price', q, 1800000) AS x FROM n
    LIMIT -1 OFFSET 0),
  word AS (
    SELECT q, k, 2 * (x / 4500 % 10 >= 6) + (x / 4500 % 10 >= 9) AS children,
      100 + x / 45000 * 50 AS weight,
        ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel",
      "dompet","arloji","smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok",
      "botol","puzzle","boneka","casing","charger","mouse","keyboard","kipas","setrika","tripod",
      "lensa","sprei","karpet","wajan","termos","keripik","sambal","kopi","teh","helm","oli",
      "raket","matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword,
      (50 + x % 450)
        * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
          WHEN 4 THEN 2 ELSE 1 END * 100 AS price
    FROM good LIMIT -1 OFFSET 0),
  titled AS (
    SELECT q, k, children, weight, keyword, price,
      keyword || ' ' || ('["garansi resmi","[READY]","Bisa COD ✅","cuci gudang","&quot;asli&quot;",
        "size M &amp; L","`promo`","edisi caf\u00e9","edisi cafe\u0301","lokal","isi 3",
        "hemat"]' ->> pick('listing.title', q, 12)) || ' ' || q AS title
    FROM word LIMIT -1 OFFSET 0)
SELECT 1000 + q * 8 + v, 1 + q % (:products * 7 / 10), CASE WHEN v > 0 THEN 1000 + q * 8 END,
  title || CASE WHEN v > 0 THEN ' - varian ' || v ELSE '' END,
  'TKP-' || q || '-' || v, price + max(v - 1, 0) * 2000, weight, 1,
  '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan","bayi",
    "mainan","handphone","komputer","elektronik","kamera","rumah","dapur","makanan","minuman",
    "otomotif","olahraga","buku","hobi","perhiasan"]' ->> (k / 8),
  keyword, children > 0 AND v = 0,
  CASE WHEN children = 0 OR v > 0 THEN 3 + pick('listing.stock', q * 4 + v, 40)
    + max(pick('listing.more', q * 4 + v, 1074) - 716, 0) + 6000 / (1 + q) ELSE 0 END,
  CASE WHEN v = 0 THEN json_object('item', 1000 + q * 8 + (children > 0), 'title', title, 'price',
    price) END
FROM titled CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
WHERE v <= children;

-- TikTok's listings: product p is row 3000000000 + 8p, a parent where it has several skus; sku v is
-- 1 + v behind it.
-- They are on sale here only for sellers who were here before.
INSERT INTO product (product_id, shop_id, parent_id, name, sku, price_idr, weight_g, status,
  category, keyword, has_variants, main_stock, card)
WITH RECURSIVE
  n (p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p + 1 < :products),
  good AS (
    SELECT p, p % (:products * 3 / 10) AS s, pick('product.keyword', p, 192) AS k,
      pick('product.price', p, 45000) AS x FROM n LIMIT -1 OFFSET 0),
  word AS (
    SELECT p, s, k, (x >= 27000) + (x >= 40500) AS more, draw('shop.linked', s) < 200000 AS on_sale,
      ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel","dompet",
      "arloji","smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok","botol",
      "puzzle","boneka","casing","charger","mouse","keyboard","kipas","setrika","tripod","lensa",
      "sprei","karpet","wajan","termos","keripik","sambal","kopi","teh","helm","oli","raket",
      "matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword,
      (50 + x % 450)
        * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
          WHEN 4 THEN 2 ELSE 1 END * 100 AS price
    FROM good LIMIT -1 OFFSET 0),
  titled AS (
    SELECT p, s, k, more, on_sale, keyword, price,
      keyword || ' ' || ('["original 100%","[COD] gratis ongkir","Buy 1 Get 1 🔥","terlaris ✨",
        "&quot;best seller&quot;","ukuran S &amp; M","`ready stock`","warna caf\u00e9",
        "warna cafe\u0301","impor","3 in 1","termurah"]'
        ->> pick('product.title', p, 12)) || ' ' || p AS title
    FROM word LIMIT -1 OFFSET 0)
SELECT 3000000000 + p * 8 + v, CASE WHEN on_sale THEN s + 1 ELSE 1000000000 + s END,
  CASE WHEN v > 0 AND more > 0 THEN 3000000000 + p * 8 END, title,
  CASE WHEN v > 0 THEN 'SKU-' || p || '-' || (v - 1) END, price + max(v - 1, 0) * 2000,
  100 + pick('product.weight', p, 40) * 50, on_sale,
  '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan","bayi",
    "mainan","handphone","komputer","elektronik","kamera","rumah","dapur","makanan","minuman",
    "otomotif","olahraga","buku","hobi","perhiasan"]' ->> (k / 8),
  keyword, v = 0, CASE WHEN v > 0 AND on_sale THEN 3 + pick('linked.stock', p * 4 + v, 398)
    ELSE 0 END,
  CASE WHEN on_sale AND v = (more = 0) THEN json_object('item', 3000000000 + p * 8 + 1, 'title',
    title, 'price', price) END
FROM titled CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
WHERE v BETWEEN more = 0 AND more + 1;

INSERT INTO order_item_map (ext_sku, product_id)
SELECT snowflake(p * 4 + v, now() - 63072000000000 + p * (31536000000000 / :products) + (v + 1)
  * 1000000), product_id
FROM (SELECT product_id, (product_id - 3000000000) / 8 AS p, (product_id - 3000000000) % 8 - 1 AS v
  FROM product
      WHERE product_id >= 3000000000 AND has_variants = 0 ORDER BY product_id);

INSERT INTO catalogue_item_map (ext_sku, product_id) SELECT ext_sku, product_id FROM order_item_map
ORDER BY ext_sku;
INSERT INTO cart_item_map (ext_sku, product_id) SELECT ext_sku, product_id FROM order_item_map
ORDER BY ext_sku;
INSERT INTO catalogue_product_map (ext_product, product_id)
SELECT snowflake(p, now() - 63072000000000 + p * (31536000000000 / :products)), product_id
FROM (SELECT product_id, (product_id - 3000000000) / 8 AS p FROM product
      WHERE product_id >= 3000000000 AND has_variants = 1 ORDER BY product_id);

INSERT INTO warehouse_stock (product_id, warehouse_id, value)
SELECT product_id, w, CASE WHEN NOT parted THEN main_stock
  WHEN w = 1 THEN main_stock - main_stock / 3 ELSE main_stock / 3 END
FROM (SELECT product_id, main_stock, pick('listing.warehouses', product_id, 3) = 0 AS parted
      FROM product WHERE has_variants = 0 ORDER BY product_id)
CROSS JOIN (SELECT 1 AS w UNION ALL SELECT 2)
WHERE w = 1 OR parted;

-- people ------------------------------------------------------------------------------------------

-- User u + 1 is TikTok's buyer u for a fifth of those; the accounts made for the others have
-- neither mail nor phone yet.
INSERT INTO user (user_id, fullname, email, phone)
WITH RECURSIVE
  n (u) AS (SELECT 0 UNION ALL SELECT u + 1 FROM n WHERE u + 1 < :buyers),
  drawn AS (
    SELECT u, u + 1 AS id, u AS person, pick('person.name', u, 520) AS x FROM n
    UNION ALL SELECT u, 1000000000 + u, NULL, pick('person.name', u + 50000000, 520) FROM n
      WHERE draw('buyer.linked', u) >= 200000),
  named AS (
    SELECT u, id, person,
      '["Budi","Siti","Agus","Dewi","Eko","Putri","Rizky","Ayu","Dimas","Indah","Fajar","Rina",
        "Hendra","Maya","Yusuf","Lestari","Bayu","Wulan","Joko",
        "Nur''aini","Andr\u00e9","Andre\u0301","Ketut","Made","Asep","Tuti"]' ->> (x % 26) AS first,
      '["Santoso","Wijaya","Pratama","Saputra","Hidayat","Nugroho","Lestari","Siregar",
        "Simanjuntak","Setiawan","Kusuma","Halim","Ramadhani","Utami","Gunawan","Permata","Tanjung",
        "Wibowo","","Maharani"]' ->> (x / 26) AS last
    FROM drawn LIMIT -1 OFFSET 0)
SELECT id, rtrim(first || ' ' || last),
  CASE WHEN person IS NOT NULL THEN lower(substr(first, 1, 1)) || u || '@example.com' END,
  '628' || (11 + person % 9) || substr(100000000 + person * 7919 % 100000000, 2)
FROM named;

INSERT INTO account_link (user_id, ext_platform, ext_id, method, confirmed_at)
WITH RECURSIVE
  n (u, now, confirmed) AS (
    SELECT 0, now(), local_text(now() / 1000000 - 86400 * 5)
    UNION ALL SELECT u + 1, now, confirmed FROM n WHERE u + 1 < :buyers),
  person AS (SELECT *, draw('buyer.linked', u) < 200000 AS linked, pick('link.way', u, 80) AS way
    FROM n LIMIT -1 OFFSET 0)
SELECT CASE WHEN linked THEN u + 1 ELSE 1000000000 + u END, 'tiktok',
  snowflake(u, now - 94608000000000 + u * (63072000000000 / :buyers)),
  CASE WHEN NOT linked THEN 'created' WHEN way % 4 = 0 THEN 'email' ELSE 'phone' END,
  CASE WHEN way >= 4 THEN confirmed END
FROM person;

INSERT INTO order_buyer_map (ext_id, user_id) SELECT ext_id, user_id FROM account_link
WHERE ext_platform = 'tiktok' ORDER BY ext_id;
INSERT INTO payment_buyer_map (ext_id, user_id) SELECT ext_id, user_id FROM account_link
WHERE ext_platform = 'tiktok' ORDER BY ext_id;
INSERT INTO cart_buyer_map (ext_id, user_id) SELECT ext_id, user_id FROM account_link
WHERE ext_platform = 'tiktok' ORDER BY ext_id;

-- Our own people are logged in, for up to 90 days by now; TikTok's people are so there.
INSERT INTO session (user_id, login_at, seen_at)
WITH
  drawn AS (
    SELECT user_id, pick('user.session', user_id, 777600000) AS x, now() / 1000000 AS today
    FROM user WHERE user_id < 1000000000 ORDER BY user_id LIMIT -1 OFFSET 0)
SELECT user_id, local_text(today - x / 100), local_text(today - x / 100 * (x % 100) / 100)
FROM drawn;

-- Ten of the twelve ways in which TikTok's people spell their districts were matched.
INSERT INTO district_map (ext_text, district_id, city_id, province_id)
VALUES ('{"province":"DKI Jakarta","city":"Jakarta Selatan","district":"Kec. Kebayoran Baru"}',
  2010, 151, 10),
  ('{"province":"DKI JAKARTA","city":"Jaksel","district":"kebayoran  baru"}', 2010, 151, 10),
  ('{"province":"Jawa Barat","city":"Kota Bandung","district":"Coblong"}', 2075, 157, 11),
  ('{"province":"Jabar","city":"Bandung","district":"Coblong (Dago)"}', 2075, 157, 11),
  ('{"province":"Jawa Timur","city":"Surabaya","district":"Gubeng"}', 2142, 164, 12),
  ('{"province":"DI Yogyakarta","city":"Sleman","district":"Depok"}', 2203, 170, 13),
  ('{"province":"Jawa Barat","city":"Kota Depok","district":"Beji"}', 2081, 158, 11),
  ('{"province":"Sumatera Utara","city":"Medan","district":"Medan Baru"}', 2266, 176, 14),
  ('{"province":"Sulawesi Selatan","city":"Makassar","district":"Panakkukang"}', 2391, 189, 16),
  ('{"province":"Banten","city":"Tangerang Selatan","district":"Serpong"}', 2455, 195, 17);

-- Districts are numbers here; the postal code and the place on the map may be missing.
INSERT INTO address (user_id, receiver, phone, street, district_id, city_id, province_id, postal,
  geo)
WITH
  drawn AS (
    SELECT user_id, fullname, phone, pick('place', user_id, 15360000) AS x
    FROM user WHERE user_id < 1000000000 ORDER BY user_id LIMIT -1 OFFSET 0),
  place AS (SELECT user_id, fullname, phone, x, x % 600 AS d FROM drawn LIMIT -1 OFFSET 0)
SELECT user_id, fullname, phone,
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas",
    "Pahlawan"]' ->> (x / 600 % 8))
  || ' No. ' || (1 + x / 4800 % 200),
  2000 + d, 150 + d / 10, 10 + d / 60,
  CASE WHEN x / 960000 % 8 = 0 THEN '' ELSE '' || (10110 + d * 137) END,
  CASE WHEN x / 7680000 = 0 THEN '' ELSE printf('-6.%06d,106.%06d', draw('place.south', user_id),
    draw('place.east', user_id)) END
FROM place;

INSERT INTO wallet_link (user_id, wallet, linked_at)
SELECT user_id, CASE age % 3 WHEN 0 THEN 'gopay' WHEN 1 THEN 'ovo' ELSE 'dana' END,
  local_text(today - 86400 * (1 + age / 3))
FROM (SELECT user_id, pick('wallet', user_id, 2100) AS age, now() / 1000000 AS today FROM user
      WHERE user_id < 1000000000 AND draw('wallet.linked', user_id) < 400000 ORDER BY user_id
      LIMIT -1 OFFSET 0);

INSERT INTO payment_method (gateway_id, code, name)
VALUES (1, 'ewallet', 'GoPay, OVO, DANA'), (2, 'va', 'Virtual account'),
  (3, 'card', 'Kartu kredit'), (4, 'cod', 'Bayar di tempat'),
  (5, 'minimarket', 'Alfamart, Indomaret');

-- Old carts of a third of the users: one to three products.
INSERT INTO cart (user_id, product_id, shop_id, quantity, added, idem_key)
WITH RECURSIVE
  n (u, today) AS (SELECT 1, now() / 1000000 UNION ALL SELECT u + 1, today FROM n
    WHERE u < :buyers),
  full AS (
    SELECT u, today - pick('basket.age', u, 5000000) AS filled, pick('basket.lines', u, 3) AS lines
    FROM n WHERE draw('basket.full', u) < 333333 LIMIT -1 OFFSET 0),
  wish AS (
    SELECT u, j, filled, zipf('basket.product', u * 4 + j, :products) AS q
    FROM full CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2) WHERE j <= lines
    LIMIT -1 OFFSET 0)
SELECT u, 1000 + q * 8 + (pick('listing.price', q, 1800000) / 4500 % 10 >= 6),
  1 + q % (:products * 7 / 10), 1 + pick('basket.qty', u * 4 + j, 2),
  local_text(filled - 86400 * (1 + j)), -1 - j
FROM wish WHERE true
ON CONFLICT DO NOTHING;

-- orders ------------------------------------------------------------------------------------------

-- Lives as at TikTok Shop, in Tokopedia's codes, the rare ones included; a stage lasts 30 to 100 %
-- of its timer.
-- Order and payment are numbered alike, the oldest first.
-- `basket` is the order's number of rows, voucher, quantities and variants; order_detail below
-- reads the same from it, so that the sum of the rows is known here.
INSERT INTO orders (order_id, payment_id, shop_id, buyer_id, invoice_url, order_status,
  payment_method, item_price, shipping_price, voucher_amt, open_amt, is_affiliate, accept_deadline,
  ship_deadline, create_time, payment_time, pack_time, ship_time,
  delivery_time, finish_time, cancel_time, update_time, cancel_by, cancel_reason, is_held,
  remorse_hold, idem_key)
WITH RECURSIVE
  n (i, now) AS (SELECT :orders / 2, now() WHERE :orders > 1 UNION ALL SELECT i - 1, now FROM n
    WHERE i > 1),
  placed AS (
    SELECT :orders / 2 + 1 - i AS id, -1000000000 - i AS k, now, :products * 7 / 10 AS shops,
      draw('order.fate', -1000000000 - i) AS luck,
      zipf('order.product', -1000000000 - i, :products) AS q,
      pick('order.pace', -1000000000 - i, 8000000000000000000) AS pace,
      pick('order.basket', -1000000000 - i, 144000) AS basket,
      now - 1000000 - (i - 1) * (7776000000000 / (:orders / 2))
        - draw('order.age', -1000000000 - i) * (3888000000000 / (:orders / 2)) / 1000000 AS at
    FROM n LIMIT -1 OFFSET 0),
  method AS (
    SELECT id, k, now, shops, at, pace, basket, q, q % shops AS s, luck / 1000 AS fate,
      pick('shop.remorse', q % shops, 80) AS terms,
      CASE WHEN luck % 1000 < 390 THEN 'ewallet' WHEN luck % 1000 < 660 OR luck < 40000 THEN 'va'
        WHEN luck % 1000 < 830 THEN 'card'
        WHEN luck % 1000 < 940 THEN 'cod' ELSE 'minimarket' END AS method
    FROM placed LIMIT -1 OFFSET 0),
  paid AS (
    SELECT id, k, now, at, pace, basket, s, fate, method, terms < 16 AS hold,
      (5 + terms % 16) * 1000 AS fee,
      CASE WHEN fate < 40 THEN NULL WHEN method = 'ewallet' THEN at + 2000000
        WHEN method = 'card' THEN at + 20000000
        WHEN method = 'cod' THEN at WHEN method = 'va' THEN at
          + (60000000 + pick('order.va', k, 1500) * 1000000)
        ELSE at + (600000000 + pick('order.counter', k, 4800) * 1000000) END AS paid_at,
      (SELECT sum(((50 + x % 450)
          * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3
            WHEN 5 THEN 2 WHEN 4 THEN 2 ELSE 1 END * 100
          + (basket / 24000 + j / kinds) % max(children, 1) * 2000)
          * (1 + (basket / 1200 + 7 * j) % 20 / 15 + (basket / 1200 + 7 * j) % 20 / 19))
       FROM (SELECT j, kinds, x, 2 * (x / 4500 % 10 >= 6) + (x / 4500 % 10 >= 9) AS children
             FROM (SELECT j, kinds,
               pick('listing.price', s + shops * ((q / shops + j) % kinds), 1800000) AS x
                   FROM (SELECT j, (:products - s + shops - 1) / shops AS kinds
                         FROM (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2
                           UNION ALL SELECT 3)
                         WHERE j <= (basket % 100 >= 62) + (basket % 100 >= 85)
                           + (basket % 100 >= 95))
                   LIMIT -1 OFFSET 0))
       WHERE j / kinds < max(children, 1)) AS items
    FROM method LIMIT -1 OFFSET 0),
  open AS (
    SELECT id, k, now, at, s, fate, method, hold, fee, items, paid_at,
      paid_at + hold * :remorse_hold AS open_at,
      paid_at + hold * :remorse_hold + (3000 + pace % 10000 * 7 / 10) * :accept_after / 10000
        AS pack_at,
      (3000 + pace / 10000 % 10000 * 7 / 10) * :ship_after / 10000 AS shipping,
      (3000 + pace / 100000000 % 10000 * 7 / 10) * :deliver_after / 10000 AS delivering,
      (3000 + pace / 1000000000000 % 10000 * 7 / 10) * :complete_after / 10000 AS completing,
      pace / 10000000000000000 % 10 AS code, pace / 100000000000000000 < 2 AS affiliate,
      (basket / 100 % 12 = 0) * 3000 AS voucher
    FROM paid LIMIT -1 OFFSET 0),
  life AS (
    SELECT *, CASE WHEN fate < 40 THEN at + :unpaid_for <= now ELSE fate < 67
    AND pack_at <= now END AS ended,
      ifnull((paid_at <= now) + (open_at <= now) + (fate >= 67)
        * ((pack_at <= now) + (pack_at + shipping <= now)
        + (pack_at + shipping + delivering <= now) + (pack_at + shipping + delivering
          + completing <= now)), 0) AS stage
    FROM open LIMIT -1 OFFSET 0),
  told AS (
    SELECT id, k, s, fate, method, hold, fee, items, code, affiliate, voucher, ended, stage,
      CASE WHEN stage >= 1 THEN paid_at / 1000000 END AS due,
      local_text(at / 1000000) AS created,
      CASE WHEN stage >= 1 AND method <> 'cod' THEN local_text(paid_at / 1000000) END AS paid,
      CASE WHEN stage = 2 THEN local_text(open_at / 1000000) END AS opened,
      CASE WHEN stage >= 3 THEN local_text(pack_at / 1000000) END AS packed,
      CASE WHEN stage >= 4 THEN local_text((pack_at + shipping) / 1000000) END AS shipped,
      CASE WHEN stage >= 5 THEN
        local_text((pack_at + shipping + delivering) / 1000000) END AS delivered,
      CASE WHEN stage >= 6 THEN
        local_text((pack_at + shipping + delivering + completing) / 1000000) END AS finished,
      CASE WHEN ended THEN
        local_text(ifnull(pack_at, at + :unpaid_for) / 1000000) END AS cancelled
    FROM life LIMIT -1 OFFSET 0)
SELECT id, CASE WHEN stage >= 1 AND method <> 'cod' THEN id END, 1 + s,
  1 + pick('order.buyer', k, :buyers),
  CASE WHEN stage >= 1 THEN 'https://www.tokopedia.com/invoice?id=' || id END,
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN 10 WHEN fate < 60 THEN 15
    ELSE '[0,0,3,6,5,0,3]' ->> (fate - 60) END
    ELSE CASE stage WHEN 6 THEN 700 + (code = 9) WHEN 5 THEN 600 + (fate >= 990)
      WHEN 4 THEN CASE WHEN fate >= 980 THEN '[501,520,530,540]' ->> (code % 4) ELSE 500 END
        WHEN 3 THEN 450
      WHEN 2 THEN CASE WHEN code < 4 THEN 220 WHEN code < 6 THEN 221 ELSE 400 END WHEN 1 THEN 220
      ELSE CASE WHEN code = 0 THEN 200 WHEN method IN ('va', 'minimarket') THEN 103
        ELSE 100 END END END,
  method, items, fee, voucher, items + fee - voucher, affiliate,
  local_text(due + :accept_within / 1000000),
  local_text(due + :ship_within / 1000000),
  created, paid, packed, shipped, delivered, finished, cancelled,
  coalesce(cancelled, finished, delivered, shipped, packed, opened, paid, created),
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN 'system' WHEN fate < 60 THEN 'buyer'
    ELSE 'seller' END END,
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN 'payment did not come' WHEN fate < 60
    THEN '["salah pilih","berubah pikiran 😅","ganti alamat"]' ->> pick('order.reason', k, 3)
      ELSE 'stok habis' END END,
  stage = 1, hold, k
FROM told;

-- One to four rows, the first a popular product, the others of the same shop; one to three of each.
INSERT INTO order_detail (order_id, n, product_id, price, quantity, quantity_deliver, weight_kg)
WITH
  head AS (
    SELECT order_id, delivery_time IS NOT NULL AS delivered,
      pick('order.basket', idem_key, 144000) AS basket, :products * 7 / 10 AS shops,
      zipf('order.product', idem_key, :products) AS q
    FROM orders LIMIT -1 OFFSET 0),
  line AS (
    SELECT order_id, delivered, basket, j, kinds, g, pick('listing.price', g, 1800000) AS x,
      (basket / 1200 + 7 * j) % 20 AS amount
    FROM (SELECT *, q % shops + shops * ((q / shops + j) % kinds) AS g
          FROM (SELECT *, (:products - q % shops + shops - 1) / shops AS kinds
                FROM head CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2
                  UNION ALL SELECT 3)
                WHERE j <= (basket % 100 >= 62) + (basket % 100 >= 85) + (basket % 100 >= 95)))
    LIMIT -1 OFFSET 0),
  leaf AS (
    SELECT order_id, delivered, j, g, x, 1 + amount / 15 + amount / 19 AS qty,
      basket / 24000 + j / kinds AS v, j / kinds AS again,
      2 * (x / 4500 % 10 >= 6) + (x / 4500 % 10 >= 9) AS children
    FROM line LIMIT -1 OFFSET 0)
SELECT order_id, j + 1, 1000 + g * 8 + CASE children WHEN 0 THEN 0 ELSE 1 + v % children END,
  (50 + x % 450)
    * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
      WHEN 4 THEN 2 ELSE 1 END * 100
    + v % max(children, 1) * 2000,
  qty, delivered * qty, printf('%d.%03d', (100 + x / 45000 * 50) * qty / 1000,
    (100 + x / 45000 * 50) * qty % 1000)
FROM leaf WHERE again < max(children, 1);

INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, seq,
  CASE seq WHEN 1 THEN 100 WHEN 2 THEN 220 WHEN 3 THEN 400 WHEN 4 THEN 450 WHEN 5 THEN 500
    WHEN 6 THEN 600 ELSE order_status END,
  CASE seq WHEN 1 THEN 'buyer' WHEN 3 THEN 'seller' WHEN 4 THEN 'seller' WHEN 5 THEN 'seller'
    WHEN 6 THEN 'courier'
    WHEN 8 THEN cancel_by ELSE 'system' END, ts
FROM (SELECT order_id, seq, order_status, cancel_by,
        CASE seq WHEN 1 THEN create_time WHEN 2 THEN payment_time WHEN 3 THEN pack_time
          WHEN 4 THEN pack_time WHEN 5 THEN ship_time
          WHEN 6 THEN delivery_time WHEN 7 THEN finish_time ELSE cancel_time END AS ts
      FROM orders CROSS JOIN (SELECT 1 AS seq UNION ALL SELECT 2 UNION ALL SELECT 3
        UNION ALL SELECT 4 UNION ALL SELECT 5
        UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8) LIMIT -1 OFFSET 0)
WHERE ts IS NOT NULL;

INSERT INTO shipment (order_id, sp_id, awb)
SELECT order_id, 1 + pick('shipment.courier', order_id, 8), 'TKP' || printf('%012d', order_id)
FROM orders WHERE pack_time IS NOT NULL ORDER BY order_id;

-- payments ----------------------------------------------------------------------------------------

INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, voucher_code, status_id,
  create_time, payment_date, idem_key)
SELECT order_id, buyer_id,
  CASE payment_method WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3 WHEN 'cod' THEN 4
    ELSE 5 END,
  'PYM' || substr(invoice_ref_num, 4), open_amt,
  CASE WHEN voucher_amt > 0 THEN printf('HEMAT%02d', 1 + pick('voucher.code', idem_key, 20)) END,
  CASE WHEN payment_method = 'cod' THEN 5 WHEN order_status IN (100, 103, 200) THEN 1
    WHEN cancel_by IS NOT NULL AND payment_time IS NULL THEN 3
    WHEN cancel_by IS NOT NULL OR finish_time IS NOT NULL
      AND draw('order.fate', idem_key) / 1000 BETWEEN 68 AND 78 THEN 4 ELSE 2 END,
  create_time, payment_time, idem_key
FROM orders ORDER BY order_id;

INSERT INTO payment_order (payment_id, ext_platform, ext_order_id)
SELECT payment_id, 'tokopedia', CAST(payment_id AS TEXT) FROM payment ORDER BY payment_id;

-- Returns of finished orders (67 to 88 in 1000) and refunds of cancelled ones.
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state)
SELECT payment_id, CAST(payment_id AS TEXT),
  CASE WHEN fate <= 78 OR cancelled THEN 3 WHEN fate <= 82 THEN 0 WHEN fate <= 85 THEN 1 ELSE 2 END,
  CASE WHEN cancelled THEN 'cancelled' WHEN pick('return.type', k, 2) = 0 THEN 'refund'
    ELSE 'return_and_refund' END, amount,
  CASE WHEN status_id = 4 THEN 'SUCCESS' WHEN fate = 67 AND NOT cancelled THEN 'FAILED' END
FROM (SELECT p.payment_id, p.idem_key AS k, p.amount, p.status_id,
  o.cancel_by IS NOT NULL AS cancelled,
        o.finish_time IS NOT NULL AS finished,
        draw('order.fate', p.idem_key) / 1000 AS fate
      FROM payment p JOIN orders o ON o.order_id = p.payment_id WHERE p.status_id IN (2, 4)
      ORDER BY p.payment_id)
WHERE cancelled OR finished AND fate BETWEEN 67 AND 88;

-- merchants ---------------------------------------------------------------------------------------

INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref)
SELECT shop_id, 1, open_amt, finish_time, 'sale/' || order_id FROM orders
WHERE finish_time >= local_text(now() / 1000000 - 259200) ORDER BY finish_time, order_id;

INSERT INTO merchant_shop_map (ext_shop, shop_id) SELECT ext_shop, shop_id FROM order_shop_map
ORDER BY ext_shop;

INSERT INTO voucher (code, funder, amount, budget_left)
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 20)
SELECT printf('HEMAT%02d', v), CASE WHEN v % 3 = 0 THEN 'seller' ELSE 'platform' END, 3000,
  500 + pick('voucher.budget', v, 5000) FROM n;
