-- A living TikTok Shop at the scenario's start: 3 shops for 10 products, and the orders of 90 days.
-- Rows are numbered from 0, and every draw is keyed by such a number, so that Tokopedia's populate
-- finds the same linked sellers, listings and people by the same draws.
-- An order is numbered by its idempotency key: -1 is the newest.
-- Each id carries the instant at which its row was made; numbers and instants rise together: sku 0
-- is the most popular.
-- All shares, prices and stocks are [I].
-- A draw and a text cost more than arithmetic: one draw serves for several things, read off it like
-- the digits of a number, and what several columns need is made once, a step before.
-- `LIMIT -1 OFFSET 0` keeps SQLite from folding such a step into the next one, which would make it
-- again for every use; unlike MATERIALIZED it fills no table.

-- shops -------------------------------------------------------------------------------------------

INSERT INTO shop (id, seller_open_id, name, shipping_fee, remorse_hold)
WITH RECURSIVE n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 3 / 10)
SELECT snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  'seller-' || snowflake(s, now() - 110000000000000 + s * 1000000),
  ('["Toko","Rumah","Gudang","Pusat","Lapak","Galeri","Kedai","Dunia"]' ->> pick('shop.kind', s, 8))
    || ' '
  || ('["Berkah","Jaya","Makmur","Sinar","Mitra","Amanah","Bunda","Nusantara","Kita &amp; Co",
    "`Ori`","Caf\u00e9","Cafe\u0301","Laris 🔥","Cahaya"]' ->> pick('shop.name', s, 14))
  || ' ' || s,
  ((5 + pick('shop.remorse', s, 80) % 16) * 1000) || '.00', pick('shop.remorse', s, 80) < 16
FROM n;

-- products, skus, stock ---------------------------------------------------------------------------

-- 24 categories of two goods each, four kinds of each good: 192 keywords.
INSERT INTO product (id, shop_id, title, status, category, keyword, card)
WITH RECURSIVE
  n (p, now) AS (SELECT 0, now() UNION ALL SELECT p + 1, now FROM n WHERE p + 1 < :products),
  good AS (SELECT p, now, p % (:products * 3 / 10) AS s, pick('product.keyword', p, 192) AS k,
    pick('product.price', p, 45000) AS x,
      now - 63072000000000 + p * (31536000000000 / :products) AS at FROM n LIMIT -1 OFFSET 0),
  word AS (
    SELECT p, now, s, k, x, at,
      ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel","dompet",
      "arloji","smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok","botol",
      "puzzle","boneka","casing","charger","mouse","keyboard","kipas","setrika","tripod","lensa",
      "sprei","karpet","wajan","termos","keripik","sambal","kopi","teh","helm","oli","raket",
      "matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword
    FROM good LIMIT -1 OFFSET 0),
  titled AS (
    SELECT p, now, s, k, x, at, keyword,
      keyword || ' ' || ('["original 100%","[COD] gratis ongkir","Buy 1 Get 1 🔥","terlaris ✨",
        "&quot;best seller&quot;","ukuran S &amp; M","`ready stock`","warna caf\u00e9",
        "warna cafe\u0301","impor","3 in 1","termurah"]'
        ->> pick('product.title', p, 12)) || ' ' || p AS title
    FROM word LIMIT -1 OFFSET 0)
SELECT snowflake(p, at),
  snowflake(s, now - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))), title,
  'ACTIVATE', '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan",
    "bayi","mainan","handphone","komputer","elektronik","kamera","rumah","dapur","makanan",
    "minuman","otomotif","olahraga","buku","hobi","perhiasan"]' ->> (k / 8),
  keyword,
  json_object('item', snowflake(p * 4, at + 1000000), 'title', title,
    'price', (50 + x % 450)
      * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
        WHEN 4 THEN 2 ELSE 1 END * 100)
FROM titled;

-- One to three skus a product; the price in hundreds of rupiah, most of them below 100,000.
-- Price, class and number of skus are one draw, `x`, so that an order's lines are priced without
-- looking the skus up.
INSERT INTO sku (id, product_id, seller_sku, price)
WITH RECURSIVE
  n (p, now) AS (SELECT 0, now() UNION ALL SELECT p + 1, now FROM n WHERE p + 1 < :products),
  good AS (
    SELECT p, pick('product.price', p, 45000) AS x,
      now - 63072000000000 + p * (31536000000000 / :products) AS at FROM n LIMIT -1 OFFSET 0)
SELECT snowflake(p * 4 + v, at + (v + 1) * 1000000), snowflake(p, at), 'SKU-' || p || '-' || v,
  ((50 + x % 450)
    * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
      WHEN 4 THEN 2 ELSE 1 END * 100
    + v * 2000) || '.00'
FROM good CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2)
WHERE v <= (x >= 27000) + (x >= 40500);

-- 3 to 400 of each, more of what is popular; a third of the skus lie in two warehouses.
INSERT INTO inventory (sku_id, warehouse_id, available)
WITH
  drawn AS (
    SELECT id, r, pick('sku.stock', r, 128880) AS x
    FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM sku) LIMIT -1 OFFSET 0),
  unit AS (
    SELECT id, 3 + x % 40 + (x / 40 % 3 = 0) * (x / 120 % 358) + 6000 / (1 + r) AS units,
      x / 42960 = 0 AS parted
    FROM drawn LIMIT -1 OFFSET 0)
SELECT id, 'WH-' || w, CASE WHEN NOT parted THEN units WHEN w = 1 THEN units - units / 3
  ELSE units / 3 END
FROM unit CROSS JOIN (SELECT 1 AS w UNION ALL SELECT 2)
WHERE w = 1 OR parted;

-- people ------------------------------------------------------------------------------------------

-- A fifth are Tokopedia's user of the same number; the others are people of their own (50,000,000
-- on).
-- Some share a phone with the buyer before them, some were given a number that is still somebody
-- else's at Tokopedia.
INSERT INTO buyer (user_id, tiktok_uid, email_masked, phone, name, personalise)
WITH RECURSIVE
  n (u, now) AS (SELECT 0, now() UNION ALL SELECT u + 1, now FROM n WHERE u + 1 < :buyers),
  person AS (
    SELECT u, now, u + 50000000 * (draw('buyer.linked', u) >= 200000) AS person,
      pick('buyer.ways', u, 3200) AS ways
    FROM n LIMIT -1 OFFSET 0),
  drawn AS (
    SELECT u, now, person, ways, pick('person.name', person, 520) AS x,
      CASE WHEN person < 50000000 OR u % 500 <> 7 THEN person WHEN ways >= 1600 THEN person - 1
        ELSE u END AS phone
    FROM person LIMIT -1 OFFSET 0),
  named AS (
    SELECT u, now, person, ways, phone,
      '["Budi","Siti","Agus","Dewi","Eko","Putri","Rizky","Ayu","Dimas","Indah","Fajar","Rina",
        "Hendra","Maya","Yusuf","Lestari","Bayu","Wulan","Joko",
        "Nur''aini","Andr\u00e9","Andre\u0301","Ketut","Made","Asep","Tuti"]' ->> (x % 26) AS first,
      '["Santoso","Wijaya","Pratama","Saputra","Hidayat","Nugroho","Lestari","Siregar",
        "Simanjuntak","Setiawan","Kusuma","Halim","Ramadhani","Utami","Gunawan","Permata","Tanjung",
        "Wibowo","","Maharani"]' ->> (x / 26) AS last
    FROM drawn LIMIT -1 OFFSET 0)
SELECT snowflake(u, now - 94608000000000 + u * (63072000000000 / :buyers)),
  snowflake(u, now - 126144000000000 + u * 1000000),
  lower(substr(first, 1, 1)) || '***' || (person % 10) || '@gmail.com',
  CASE ways % 4 WHEN 1 THEN '+628' WHEN 2 THEN '628'
    ELSE '08' END || (11 + phone % 9) || substr(100000000 + phone * 7919 % 100000000, 2),
  CASE ways / 4 % 40 WHEN 0 THEN first || ' 🌸' WHEN 1 THEN '`' || first || '`'
    WHEN 2 THEN first || ' &amp; keluarga'
    WHEN 3 THEN upper(first || ' ' || last) ELSE rtrim(first || ' ' || last) END,
  ways / 160 % 10 > 0
FROM named;

-- Everybody is logged in, since some day of the last 90, and was seen at some time since.
INSERT INTO session (user_id, id, create_time, update_time)
WITH RECURSIVE
  n (u, now) AS (SELECT 0, now() UNION ALL SELECT u + 1, now FROM n WHERE u + 1 < :buyers),
  since AS (
    SELECT u, now, now - 7776000000000 + u * (7776000000000 / :buyers) AS at
    FROM n LIMIT -1 OFFSET 0)
SELECT snowflake(u, now - 94608000000000 + u * (63072000000000 / :buyers)), snowflake(u, at),
  at / 1000000, at / 1000000 + (now - at) / 1000000 * pick('session', u, 1000) / 1000
FROM since;

-- Districts are free text here: spelled as people spell them, and not every address has a postal
-- code.
-- Second addresses were added when requests were kept already.
INSERT INTO address (id, user_id, name, phone, district_json, line1, line2, postal, idem_key)
WITH
  place AS (
    SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS u, name, phone, now() AS now
    FROM buyer),
  drawn AS (
    SELECT *, pick('address', u * 2 + nth, 104448000000) AS x FROM place
    CROSS JOIN (SELECT 0 AS nth UNION ALL SELECT 1)
    WHERE nth = 0 OR pick('address.second', u, 10) = 0 LIMIT -1 OFFSET 0)
SELECT snowflake(u * 2 + nth, now - 94608000000000 + u * (63072000000000 / :buyers) + (nth + 1)
  * 1000000), user_id,
  CASE nth WHEN 0 THEN name ELSE 'Kantor ' || name END, phone,
  CASE x % 12
    WHEN 0
      THEN '{"province":"DKI Jakarta","city":"Jakarta Selatan","district":"Kec. Kebayoran Baru"}'
    WHEN 1 THEN '{"province":"DKI JAKARTA","city":"Jaksel","district":"kebayoran  baru"}'
    WHEN 2 THEN '{"province":"Jawa Barat","city":"Kota Bandung","district":"Coblong"}'
    WHEN 3 THEN '{"province":"Jabar","city":"Bandung","district":"Coblong (Dago)"}'
    WHEN 4 THEN '{"province":"Jawa Timur","city":"Surabaya","district":"Gubeng"}'
    WHEN 5 THEN '{"province":"DI Yogyakarta","city":"Sleman","district":"Depok"}'
    WHEN 6 THEN '{"province":"Jawa Barat","city":"Kota Depok","district":"Beji"}'
    WHEN 7 THEN '{"province":"Sumatera Utara","city":"Medan","district":"Medan Baru"}'
    WHEN 8 THEN '{"province":"Bali","city":"Denpasar","district":"Denpasar Sel."}'
    WHEN 9 THEN '{"province":"Sulawesi Selatan","city":"Makassar","district":"Panakkukang"}'
    WHEN 10 THEN '{"province":"Papua","city":"Jayapura","district":"Abepura &amp; sekitarnya"}'
    ELSE '{"province":"Banten","city":"Tangerang Selatan","district":"Serpong"}' END,
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas",
    "Pahlawan"]' ->> (x / 12 % 8))
  || ' No. ' || (1 + x / 96 % 200),
  CASE x / 19200 % 8 WHEN 0 THEN 'RT 03/RW 05, pagar hijau 🏠' WHEN 1 THEN 'depan warung "Bu Tini"'
    ELSE '' END,
  CASE WHEN x / 153600 % 8 = 0 THEN '' ELSE '' || (10110 + x / 1228800 % 85000) END,
  CASE nth WHEN 1 THEN -1 - u END
FROM drawn;

INSERT INTO accounts_request (idem_key, kind, answer) SELECT idem_key, 'add', id FROM address
WHERE idem_key IS NOT NULL ORDER BY idem_key;

-- Old carts of a third of the buyers: one to three products.
INSERT INTO cart_item (user_id, sku_id, shop_id, qty, live_id, creator_id, added, idem_key)
WITH RECURSIVE
  n (u, now) AS (SELECT 0, now() UNION ALL SELECT u + 1, now FROM n WHERE u + 1 < :buyers),
  full AS (SELECT u, now, pick('cart.lines', u, 3) AS lines FROM n
    WHERE draw('cart.full', u) < 333333 LIMIT -1 OFFSET 0),
  wish AS (
    SELECT u, now, j, zipf('cart.product', u * 4 + j, :products) AS p,
      pick('cart.wish', u * 4 + j, 18) AS x
    FROM full CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2) WHERE j <= lines
    LIMIT -1 OFFSET 0)
SELECT snowflake(u, now - 94608000000000 + u * (63072000000000 / :buyers)),
  snowflake(p * 4, now - 63072000000000 + p * (31536000000000 / :products) + 1000000),
  snowflake(p % (:products * 3 / 10),
    now - 94608000000000 + p % (:products * 3 / 10) * (63072000000000 / (:products * 3 / 10))),
  1 + x % 2, CASE WHEN x / 2 = 0 THEN 'live-' || p % 50 END,
  CASE WHEN x / 2 = 0 THEN 'creator-' || p % 200 END,
  now / 1000000 - 86400 * (1 + j) - pick('cart.age', u, 5000000), -1 - j
FROM wish WHERE true
ON CONFLICT DO NOTHING;

-- orders ------------------------------------------------------------------------------------------

-- Each order lives its life up to now: a stage lasts 30 to 100 % of its timer, so that none is
-- overdue at the start.
-- Of 1000: 40 are never paid, 20 are called off by the buyer and 7 by the seller; the payments
-- below tell returns apart (67 to 88).
-- Every 50th order was placed by the buyer of the order before it, in the same shop, and shares its
-- fate ("twin").
-- `basket` is the order's number of units, promotion, voucher, variants and whether two units are
-- of the same sku; order_line below reads the same from it, so that the sum of the lines is known
-- here.
INSERT INTO orders (id, shop_id, user_id, status, is_on_hold, is_cod, order_type,
  payment_method_name, sub_total, shipping_fee, seller_discount, platform_discount, total_amount,
  create_time, paid_time, rts_time, collection_time, delivery_time,
  complete_time, cancel_time, update_time, cancel_initiator, cancel_reason, split_or_combine_tag,
  remorse_hold, idem_key)
WITH RECURSIVE
  n (i, now) AS (SELECT :orders, now() WHERE :orders > 0 UNION ALL SELECT i - 1, now FROM n
    WHERE i > 1),
  placed AS (
    SELECT i, -i AS k, now, -i - (i % 50 = 1 AND i < :orders) AS twin, :products * 3 / 10 AS shops,
      now - 1000000 - (i - 1) * (7776000000000 / :orders) - draw('order.age', -i)
        * (3888000000000 / :orders) / 1000000 AS at,
      pick('order.pace', -i, 2000000000000000000) AS pace,
      pick('order.basket', -i, 172800) AS basket
    FROM n LIMIT -1 OFFSET 0),
  fate AS (
    SELECT i, k, now, shops, at, pace, basket, draw('order.fate', twin) AS luck,
      pick('order.buyer', twin, :buyers) AS buyer, zipf('order.product', twin, :products) AS p
    FROM placed LIMIT -1 OFFSET 0),
  method AS (
    SELECT i, k, now, shops, at, pace, basket, buyer, p, p % shops AS s, luck / 1000 AS fate,
      pick('shop.remorse', p % shops, 80) AS terms,
      CASE WHEN luck % 1000 < 390 THEN 'ewallet' WHEN luck % 1000 < 660 OR luck < 40000 THEN 'va'
        WHEN luck % 1000 < 830 THEN 'card'
        WHEN luck % 1000 < 940 THEN 'cod' ELSE 'minimarket' END AS method
    FROM fate LIMIT -1 OFFSET 0),
  paid AS (
    SELECT i, k, now, at, pace, basket, buyer, s, fate, method, terms < 16 AS hold,
      (5 + terms % 16) * 1000 AS fee,
      CASE WHEN fate < 40 THEN NULL WHEN method = 'ewallet' THEN at + 2000000
        WHEN method = 'card' THEN at + 20000000
        WHEN method = 'cod' THEN at WHEN method = 'va' THEN at
          + (60000000 + pick('order.va', k, 1500) * 1000000)
        ELSE at + (600000000 + pick('order.counter', k, 4800) * 1000000) END AS paid_at,
      (SELECT sum((50 + x % 450)
          * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3
            WHEN 5 THEN 2 WHEN 4 THEN 2 ELSE 1 END * 100
          + (basket / 9600 % 6 + j) % (1 + (x >= 27000) + (x >= 40500)) * 2000)
       FROM (SELECT j, pick('product.price', s + shops
         * ((p / shops + j) % ((:products - s + shops - 1) / shops)), 45000) AS x
             FROM (SELECT u - (u > 0 AND basket >= 115200) AS j
                   FROM (SELECT 0 AS u UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)
                   WHERE u <= (basket % 100 >= 62) + (basket % 100 >= 85) + (basket % 100 >= 95))
             LIMIT -1 OFFSET 0)) AS sub
    FROM method LIMIT -1 OFFSET 0),
  open AS (
    SELECT i, k, now, at, pace, basket, buyer, s, fate, method, hold, fee, sub, paid_at,
      paid_at + hold * :remorse_hold AS open_at,
      paid_at + hold * :remorse_hold + (3000 + pace % 10000 * 7 / 10) * :accept_after / 10000
        AS pack_at,
      (3000 + pace / 10000 % 10000 * 7 / 10) * :ship_after / 10000 AS shipping,
      (3000 + pace / 100000000 % 10000 * 7 / 10) * :deliver_after / 10000 AS delivering,
      (3000 + pace / 1000000000000 % 10000 * 7 / 10) * :complete_after / 10000 AS completing,
      basket / 100 % 8 = 0 AS promo, (basket / 800 % 12 = 0) * 3000 AS voucher
    FROM paid LIMIT -1 OFFSET 0),
  life AS (
    SELECT *, promo * sub / 10 AS ours,
      CASE WHEN fate < 40 THEN at + :unpaid_for <= now ELSE fate < 67
        AND pack_at <= now END AS ended,
      ifnull((paid_at <= now) + (open_at <= now) + (fate >= 67)
        * ((pack_at <= now) + (pack_at + shipping <= now)
        + (pack_at + shipping + delivering <= now) + (pack_at + shipping + delivering
          + completing <= now)), 0) AS stage
    FROM open LIMIT -1 OFFSET 0)
SELECT snowflake(k, at), snowflake(s,
  now - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  snowflake(buyer, now - 94608000000000 + buyer * (63072000000000 / :buyers)),
  CASE WHEN ended THEN 'CANCELLED' ELSE CASE stage WHEN 6 THEN 'COMPLETED' WHEN 5 THEN 'DELIVERED'
    WHEN 4 THEN 'IN_TRANSIT'
    WHEN 3 THEN CASE WHEN basket % 100 >= 62 AND fate >= 850 THEN 'PARTIALLY_SHIPPING'
      ELSE 'AWAITING_COLLECTION' END
    WHEN 2 THEN 'AWAITING_SHIPMENT' WHEN 1 THEN 'ON_HOLD' ELSE 'UNPAID' END END,
  stage = 1, method = 'cod', CASE WHEN pace >= 1990000000000000000 THEN 'PRE_ORDER'
    ELSE 'NORMAL' END, method, sub || '.00', fee || '.00',
  ours || '.00', voucher || '.00', (sub + fee - ours - voucher) || '.00', at / 1000000,
  CASE WHEN stage >= 1 AND method <> 'cod' THEN paid_at / 1000000 ELSE 0 END,
  CASE WHEN stage >= 3 THEN pack_at / 1000000 ELSE 0 END,
  CASE WHEN stage >= 4 THEN (pack_at + shipping) / 1000000 ELSE 0 END,
  CASE WHEN stage >= 5 THEN (pack_at + shipping + delivering) / 1000000 ELSE 0 END,
  CASE WHEN stage >= 6 THEN (pack_at + shipping + delivering + completing) / 1000000 ELSE 0 END,
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN at + :unpaid_for ELSE pack_at END / 1000000
    ELSE 0 END,
  CASE WHEN ended AND fate < 40 THEN at + :unpaid_for WHEN ended THEN pack_at WHEN stage = 0 THEN at
    WHEN stage = 1 THEN paid_at
    WHEN stage = 2 THEN open_at
    ELSE pack_at + (stage >= 4) * shipping + (stage >= 5) * delivering + (stage >= 6) * completing
      END / 1000000,
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN 'SYSTEM' WHEN fate < 60 THEN 'BUYER'
    ELSE 'SELLER' END END,
  CASE WHEN ended THEN CASE WHEN fate < 40 THEN 'payment did not come' WHEN fate < 60
    THEN '["salah pilih","berubah pikiran 😅","ganti alamat"]' ->> pick('order.reason', k, 3)
      ELSE 'stok habis' END END,
  CASE WHEN i % 50 IN (1, 2) AND i + (i % 50 = 1) <= :orders AND fate >= 67
      AND (i - (i % 50 = 2) - 1) * (7776000000000 / :orders) > 7200000000 + :remorse_hold
        + :accept_after + :ship_after + :deliver_after
    THEN 'COMBINED'
    WHEN basket % 100 >= 62 AND (stage > 3 OR stage = 3 AND fate < 850)
      AND pick('order.split', k, 20) = 0 THEN 'SPLIT' END,
  hold, k
FROM life;

-- One row a unit: the first of a popular product, the others of the same shop; the second is often
-- the same sku.
-- A combined order's package is that of its twin; a split order's last unit has a package of its
-- own.
INSERT INTO order_line (id, order_id, sku_id, original_price, sale_price, seller_discount,
  platform_discount, package_id, display_status)
WITH
  head AS (
    SELECT id, idem_key AS k, status, create_time, split_or_combine_tag AS tag,
      :products * 3 / 10 AS shops, now() AS now,
      CASE WHEN split_or_combine_tag IS 'COMBINED' AND -idem_key % 50 = 1
        THEN (SELECT h.rts_time FROM orders h WHERE h.idem_key = orders.idem_key - 1)
        ELSE rts_time END AS packed,
      pick('order.basket', idem_key, 172800) AS basket,
      zipf('order.product', idem_key - (-idem_key % 50 = 1 AND -idem_key < :orders), :products) AS p
    FROM orders LIMIT -1 OFFSET 0),
  unit AS (
    SELECT id, k, status, create_time, tag, now, packed, basket, u,
      u - (u > 0 AND basket >= 115200) AS j, g, pick('product.price', g, 45000) AS x,
      1 + (basket % 100 >= 62) + (basket % 100 >= 85) + (basket % 100 >= 95) AS units
    FROM (SELECT *, p % shops + shops * ((p / shops + u - (u > 0 AND basket >= 115200))
              % ((:products - p % shops + shops - 1) / shops)) AS g
          FROM head CROSS JOIN (SELECT 0 AS u UNION ALL SELECT 1 UNION ALL SELECT 2
            UNION ALL SELECT 3)
          WHERE u <= (basket % 100 >= 62) + (basket % 100 >= 85) + (basket % 100 >= 95))
    LIMIT -1 OFFSET 0),
  sold AS (
    SELECT id, k, status, create_time, tag, now, packed, u, units, g,
      (basket / 9600 % 6 + j) % (1 + (x >= 27000) + (x >= 40500)) AS v,
      (50 + x % 450)
        * CASE x / 450 % 10 WHEN 9 THEN 40 WHEN 8 THEN 12 WHEN 7 THEN 5 WHEN 6 THEN 3 WHEN 5 THEN 2
          WHEN 4 THEN 2 ELSE 1 END * 100
        + (basket / 9600 % 6 + j) % (1 + (x >= 27000) + (x >= 40500)) * 2000 AS price,
      basket / 100 % 8 = 0 AS promo,
      (basket / 800 % 12 = 0) * (3000 / units + (u < 3000 % units)) AS theirs
    FROM unit LIMIT -1 OFFSET 0)
SELECT snowflake(-k * 4 + u, create_time * 1000000), id,
  snowflake(g * 4 + v, now - 63072000000000 + g * (31536000000000 / :products) + (v + 1) * 1000000),
  price || '.00', (price - promo * price / 10 - theirs) || '.00', (promo * price / 10) || '.00',
  theirs || '.00',
  CASE WHEN packed = 0 OR status = 'PARTIALLY_SHIPPING' AND u > 0 THEN NULL
    ELSE snowflake(2 * (k - (tag IS 'COMBINED' AND -k % 50 = 1)) - (tag IS 'SPLIT'
      AND u + 1 = units), packed * 1000000) END,
  CASE WHEN status <> 'PARTIALLY_SHIPPING' THEN status WHEN u = 0 THEN 'IN_TRANSIT'
    ELSE 'AWAITING_SHIPMENT' END
FROM sold;

-- A package is numbered by twice its order's number, the second of a split order by one less.
INSERT INTO package (id, status, tracking_number, provider_id)
WITH
  sent AS (
    SELECT 2 * idem_key AS k, status, rts_time AS packed, split_or_combine_tag IS 'SPLIT' AS split
    FROM orders WHERE rts_time > 0 AND NOT (split_or_combine_tag IS 'COMBINED'
      AND -idem_key % 50 = 1) LIMIT -1 OFFSET 0),
  parcel AS (
    SELECT k - second AS k, status, snowflake(k - second, packed * 1000000) AS id
    FROM sent CROSS JOIN (SELECT 0 AS second UNION ALL SELECT 1) WHERE second <= split
    LIMIT -1 OFFSET 0)
SELECT id, CASE status WHEN 'COMPLETED' THEN 'COMPLETED' WHEN 'DELIVERED' THEN 'COMPLETED'
  WHEN 'AWAITING_COLLECTION' THEN 'PROCESSING'
  ELSE 'FULFILLING' END, 'TTS' || id, '' || (1 + pick('package.courier', k, 4))
FROM parcel;

INSERT INTO package_order (package_id, order_id)
WITH
  sent AS (
    SELECT id, idem_key AS k, rts_time AS packed, split_or_combine_tag IS 'SPLIT' AS split,
      split_or_combine_tag IS 'COMBINED' AND -idem_key % 50 = 1 AS combined
    FROM orders WHERE rts_time > 0 LIMIT -1 OFFSET 0)
SELECT snowflake(2 * (k - combined) - second,
  CASE WHEN combined THEN (SELECT h.rts_time FROM orders h WHERE h.idem_key = k - 1)
    ELSE packed END * 1000000), id
FROM sent CROSS JOIN (SELECT 0 AS second UNION ALL SELECT 1) WHERE second <= split;

INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT id, cancel_initiator, cancel_reason, cancel_time FROM orders
WHERE cancel_initiator IS NOT NULL;

-- payments ----------------------------------------------------------------------------------------

-- Money for a cancelled order went back; of completed orders, 67 to 78 in 1000 were returned (one
-- of twelve refunds failed).
INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, paid_time,
  idem_key)
SELECT id, order_id, user_id, 'TT' || id, method, amount,
  CASE WHEN method = 'cod' THEN 'COD' WHEN status = 'COMPLETED' THEN CASE
    WHEN fate BETWEEN 68 AND 78 THEN 'REFUNDED' ELSE 'PAID' END
    WHEN status = 'UNPAID' THEN 'PENDING' WHEN status <> 'CANCELLED' THEN 'PAID'
      WHEN paid_time = 0 THEN 'VOID' ELSE 'REFUNDED' END,
  create_time, paid_time, k
FROM (SELECT snowflake(idem_key, create_time * 1000000 + 1000000) AS id, id AS order_id, user_id,
  payment_method_name AS method,
        total_amount AS amount, status, create_time, paid_time, idem_key AS k,
        draw('order.fate', idem_key - (-idem_key % 50 = 1 AND -idem_key < :orders)) / 1000 AS fate
      FROM orders LIMIT -1 OFFSET 0);

INSERT INTO return_request (id, order_id, payment_id, type, status, amount)
SELECT snowflake(o.idem_key, o.delivery_time * 1000000 + 1000000), o.id, p.id,
  CASE WHEN pick('return.type', o.idem_key, 2) = 0 THEN 'REFUND' ELSE 'RETURN_AND_REFUND' END,
  CASE WHEN fate <= 78 THEN 'COMPLETE' WHEN fate <= 82 THEN 'PENDING'
    WHEN fate <= 85 THEN 'APPROVED' ELSE 'REJECTED' END, p.amount
FROM (SELECT id, idem_key, delivery_time,
  draw('order.fate', idem_key - (-idem_key % 50 = 1 AND -idem_key < :orders)) / 1000 AS fate
      FROM orders WHERE status = 'COMPLETED' AND is_cod = 0 LIMIT -1 OFFSET 0) o
JOIN payment p ON p.idem_key = o.idem_key WHERE fate BETWEEN 67 AND 88;

INSERT INTO refund (id, return_id, order_id, payment_id, amount, status)
SELECT snowflake(p.idem_key, p.paid_time * 1000000 + 3000000), r.id, p.order_id, p.id, p.amount,
  CASE p.status WHEN 'REFUNDED' THEN 'SUCCESS' ELSE 'FAILED' END
FROM payment p LEFT JOIN return_request r ON r.payment_id = p.id
WHERE p.status = 'REFUNDED' OR r.status = 'COMPLETE';

-- merchants ---------------------------------------------------------------------------------------

-- Statements of what was completed in the last three days; days are cut at 00:00 UTC.
-- The oldest has been paid out.
INSERT INTO statement (id, shop_id, statement_time, revenue, settlement_amount, payment_status)
SELECT snowflake(min(-idem_key), complete_time / 86400 * 86400 * 1000000), shop_id,
  complete_time / 86400 * 86400, printf('%d.00', sum(minor(total_amount)) / 100),
  printf('%d.00', sum(minor(total_amount)) / 100),
  CASE WHEN complete_time / 86400 < now() / 86400000000 - 2 THEN 'PAID' ELSE 'PROCESSING' END
FROM orders WHERE status = 'COMPLETED' AND update_time >= now() / 1000000 - 259200
GROUP BY complete_time / 86400, shop_id;

INSERT INTO statement_tx (id, statement_id, order_id, type, amount)
SELECT snowflake(-o.idem_key, o.complete_time * 1000000), s.id, o.id, 'ORDER', o.total_amount
FROM orders o JOIN statement s ON s.shop_id = o.shop_id
AND s.statement_time = o.complete_time / 86400 * 86400
WHERE o.status = 'COMPLETED' AND o.update_time >= now() / 1000000 - 259200 ORDER BY o.id;

INSERT INTO voucher (code, funder, amount, budget_left)
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 20)
SELECT printf('HEMAT%02d', v), CASE WHEN v % 3 = 0 THEN 'SELLER' ELSE 'PLATFORM' END, '3000.00',
  500 + pick('voucher.budget', v, 5000)
FROM n;

INSERT INTO voucher_claim (id, code, user_id, order_id, claimed, idem_key)
SELECT snowflake(idem_key, create_time * 1000000),
  printf('HEMAT%02d', 1 + pick('voucher.code', idem_key, 20)), user_id, id,
  create_time, idem_key FROM orders
WHERE pick('order.basket', idem_key, 172800) / 800 % 12 = 0 AND idem_key > -5000 ORDER BY idem_key
ON CONFLICT DO NOTHING;

INSERT INTO merchants_request (idem_key, kind, answer) SELECT idem_key, 'claim', code
FROM voucher_claim ORDER BY idem_key;

-- A creator's live brought one line in thirty.
INSERT INTO affiliate_attr (order_line_id, creator_id, live_id, commission_bps)
SELECT l.id, 'creator-' || pick('affiliate.creator', l.id, 200),
  'live-' || pick('affiliate.live', l.id, 50), 500 + pick('affiliate.bps', l.id, 10) * 100
FROM order_line l WHERE pick('affiliate', l.id, 30) = 0;
