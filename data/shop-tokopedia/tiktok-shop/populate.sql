-- A living TikTok Shop at the scenario's start: 3 shops for 10 products, and the orders of 90 days.
-- Rows are numbered from 0, and every draw is keyed by such a number, so that Tokopedia's populate finds the same linked
-- sellers, listings and people by the same draws. An order is numbered by its idempotency key: -1 is the newest.
-- Each id carries the instant at which its row was made; numbers and instants rise together: sku 0 is the most popular.
-- All shares, prices and stocks are [I].

-- shops ----------------------------------------------------------------------------------------------

INSERT INTO shop (id, seller_open_id, name, shipping_fee, remorse_hold)
WITH RECURSIVE n (s) AS (SELECT 0 UNION ALL SELECT s + 1 FROM n WHERE s + 1 < :products * 3 / 10)
SELECT snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  'seller-' || snowflake(s, now() - 110000000000000 + s * 1000000),
  ('["Toko","Rumah","Gudang","Pusat","Lapak","Galeri","Kedai","Dunia"]' ->> pick('shop.kind', s, 8)) || ' '
  || ('["Berkah","Jaya","Makmur","Sinar","Mitra","Amanah","Bunda","Nusantara","Kita &amp; Co","`Ori`","Caf\u00e9","Cafe\u0301","Laris 🔥","Cahaya"]' ->> pick('shop.name', s, 14))
  || ' ' || s,
  printf('%d.00', (5 + pick('shop.shipping', s, 16)) * 1000), pick('shop.remorse', s, 5) = 0
FROM n;

-- products, skus, stock ------------------------------------------------------------------------------

-- 24 categories of two goods each, four kinds of each good: 192 keywords.
INSERT INTO product (id, shop_id, title, status, category, keyword, card)
WITH RECURSIVE
  n (p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p + 1 < :products),
  good AS MATERIALIZED (SELECT p, p % (:products * 3 / 10) AS s, pick('product.keyword', p, 192) AS k FROM n),
  word AS MATERIALIZED (
    SELECT p, s, k, ('["dress","blouse","kemeja","kaos","pashmina","bergo","sneakers","sandal","ransel","dompet","arloji",
      "smartwatch","lipstik","serum","sampo","sabun","vitamin","masker","popok","botol","puzzle","boneka","casing",
      "charger","mouse","keyboard","kipas","setrika","tripod","lensa","sprei","karpet","wajan","termos","keripik",
      "sambal","kopi","teh","helm","oli","raket","matras","novel","komik","gitar","benih","cincin","kalung"]' ->> (k / 4))
      || ' ' || ('["polos","premium","anak","jumbo"]' ->> (k % 4)) AS keyword
    FROM good),
  titled AS MATERIALIZED (
    SELECT p, s, k, keyword,
      keyword || ' ' || ('["original 100%","[COD] gratis ongkir","Buy 1 Get 1 🔥","terlaris ✨","&quot;best seller&quot;","ukuran S &amp; M",
        "`ready stock`","warna caf\u00e9","warna cafe\u0301","impor","3 in 1","termurah"]' ->> pick('product.title', p, 12)) || ' ' || p AS title
    FROM word)
SELECT snowflake(p, now() - 63072000000000 + p * (31536000000000 / :products)),
  snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))), title, 'ACTIVATE',
  '["wanita","pria","hijab","sepatu","tas","jam","kecantikan","perawatan","kesehatan","bayi","mainan","handphone",
    "komputer","elektronik","kamera","rumah","dapur","makanan","minuman","otomotif","olahraga","buku","hobi",
    "perhiasan"]' ->> (k / 8),
  keyword,
  json_object('item', snowflake(p * 4, now() - 63072000000000 + p * (31536000000000 / :products) + 1000000), 'title', title,
    'price', (50 + pick('product.price', p, 450)) * ('[1,1,1,1,2,2,3,5,12,40]' ->> pick('product.class', p, 10)) * 100)
FROM titled;

-- One to three skus a product; the price in hundreds of rupiah, most of them below 100,000.
INSERT INTO sku (id, product_id, seller_sku, price)
WITH RECURSIVE n (p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p + 1 < :products)
SELECT snowflake(p * 4 + v, now() - 63072000000000 + p * (31536000000000 / :products) + (v + 1) * 1000000),
  snowflake(p, now() - 63072000000000 + p * (31536000000000 / :products)), 'SKU-' || p || '-' || v,
  printf('%d00.00', (50 + pick('product.price', p, 450)) * ('[1,1,1,1,2,2,3,5,12,40]' ->> pick('product.class', p, 10))
    + v * 20)
FROM n CROSS JOIN (SELECT 0 AS v UNION ALL SELECT 1 UNION ALL SELECT 2)
WHERE v <= '[0,0,0,0,0,0,1,1,1,2]' ->> pick('product.variants', p, 10);

-- 3 to 400 of each, more of what is popular; a third of the skus lie in two warehouses.
INSERT INTO inventory (sku_id, warehouse_id, available)
WITH unit AS MATERIALIZED (
  SELECT id, r, 3 + pick('sku.stock', r, 40) + (pick('sku.plenty', r, 3) = 0) * pick('sku.more', r, 358) + 6000 / (1 + r) AS units,
    pick('sku.warehouses', r, 3) = 0 AS parted
  FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS r FROM sku))
SELECT id, 'WH-' || w, CASE WHEN NOT parted THEN units WHEN w = 1 THEN units - units / 3 ELSE units / 3 END
FROM unit CROSS JOIN (SELECT 1 AS w UNION ALL SELECT 2)
WHERE w = 1 OR parted;

-- people ---------------------------------------------------------------------------------------------

-- A fifth are Tokopedia's user of the same number; the others are people of their own (50,000,000 on). Some share a phone
-- with the buyer before them, some were given a number that is still somebody else's at Tokopedia.
INSERT INTO buyer (user_id, tiktok_uid, email_masked, phone, name, personalise)
WITH RECURSIVE
  n (u) AS (SELECT 0 UNION ALL SELECT u + 1 FROM n WHERE u + 1 < :buyers),
  person AS MATERIALIZED (SELECT u, u + 50000000 * (draw('buyer.linked', u) >= 200000) AS person FROM n),
  named AS MATERIALIZED (
    SELECT u, person,
      '["Budi","Siti","Agus","Dewi","Eko","Putri","Rizky","Ayu","Dimas","Indah","Fajar","Rina","Hendra","Maya","Yusuf",
        "Lestari","Bayu","Wulan","Joko","Nur''aini","Andr\u00e9","Andre\u0301","Ketut","Made","Asep","Tuti"]'
      ->> pick('person.first', person, 26) AS first,
      '["Santoso","Wijaya","Pratama","Saputra","Hidayat","Nugroho","Lestari","Siregar","Simanjuntak","Setiawan","Kusuma",
        "Halim","Ramadhani","Utami","Gunawan","Permata","Tanjung","Wibowo","","Maharani"]'
      ->> pick('person.last', person, 20) AS last,
      CASE WHEN person < 50000000 OR u % 500 <> 7 THEN person WHEN pick('buyer.phone', u, 2) = 0 THEN person - 1 ELSE u END AS phone
    FROM person)
SELECT snowflake(u, now() - 94608000000000 + u * (63072000000000 / :buyers)),
  snowflake(u, now() - 126144000000000 + u * 1000000), lower(substr(first, 1, 1)) || '***' || (person % 10) || '@gmail.com',
  ('["08","+628","628","08"]' ->> pick('buyer.dials', u, 4)) || (11 + pick('person.prefix', phone, 9)) || printf('%08d', phone * 7919 % 100000000),
  CASE pick('buyer.style', u, 40) WHEN 0 THEN first || ' 🌸' WHEN 1 THEN '`' || first || '`' WHEN 2 THEN first || ' &amp; keluarga'
    WHEN 3 THEN upper(first || ' ' || last) ELSE rtrim(first || ' ' || last) END,
  pick('buyer.personalise', u, 10) > 0
FROM named;

-- Districts are free text here: spelled as people spell them, and not every address has a postal code.
INSERT INTO address (id, user_id, name, phone, district_json, line1, line2, postal)
WITH place AS MATERIALIZED (
  SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS u, name, phone FROM buyer)
SELECT snowflake(u * 2 + nth, now() - 94608000000000 + u * (63072000000000 / :buyers) + (nth + 1) * 1000000), user_id,
  CASE nth WHEN 0 THEN name ELSE 'Kantor ' || name END, phone,
  '[{"province":"DKI Jakarta","city":"Jakarta Selatan","district":"Kec. Kebayoran Baru"},{"province":"DKI JAKARTA","city":"Jaksel","district":"kebayoran  baru"},
    {"province":"Jawa Barat","city":"Kota Bandung","district":"Coblong"},{"province":"Jabar","city":"Bandung","district":"Coblong (Dago)"},
    {"province":"Jawa Timur","city":"Surabaya","district":"Gubeng"},{"province":"DI Yogyakarta","city":"Sleman","district":"Depok"},
    {"province":"Jawa Barat","city":"Kota Depok","district":"Beji"},{"province":"Sumatera Utara","city":"Medan","district":"Medan Baru"},
    {"province":"Bali","city":"Denpasar","district":"Denpasar Sel."},{"province":"Sulawesi Selatan","city":"Makassar","district":"Panakkukang"},
    {"province":"Papua","city":"Jayapura","district":"Abepura &amp; sekitarnya"},{"province":"Banten","city":"Tangerang Selatan","district":"Serpong"}]'
  -> pick('address.district', u * 2 + nth, 12),
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas","Pahlawan"]' ->> pick('address.street', u * 2 + nth, 8))
  || ' No. ' || (1 + pick('address.number', u * 2 + nth, 200)),
  CASE pick('address.hint', u, 8) WHEN 0 THEN 'RT 03/RW 05, pagar hijau 🏠' WHEN 1 THEN 'depan warung "Bu Tini"' ELSE '' END,
  CASE WHEN pick('address.postal', u * 2 + nth, 8) = 0 THEN '' ELSE printf('%05d', 10110 + pick('address.code', u * 2 + nth, 85000)) END
FROM place CROSS JOIN (SELECT 0 AS nth UNION ALL SELECT 1)
WHERE nth = 0 OR pick('address.second', u, 10) = 0;

-- Old carts of a third of the buyers: one to three products.
INSERT INTO cart_item (user_id, sku_id, shop_id, qty, live_id, creator_id, added, idem_key)
WITH RECURSIVE
  n (u) AS (SELECT 0 UNION ALL SELECT u + 1 FROM n WHERE u + 1 < :buyers),
  wish AS MATERIALIZED (
    SELECT u, j, zipf('cart.product', u * 4 + j, :products) AS p
    FROM n CROSS JOIN (SELECT 0 AS j UNION ALL SELECT 1 UNION ALL SELECT 2)
    WHERE draw('cart.full', u) < 333333 AND j <= pick('cart.lines', u, 3))
SELECT snowflake(u, now() - 94608000000000 + u * (63072000000000 / :buyers)),
  snowflake(p * 4, now() - 63072000000000 + p * (31536000000000 / :products) + 1000000),
  snowflake(p % (:products * 3 / 10), now() - 94608000000000 + p % (:products * 3 / 10) * (63072000000000 / (:products * 3 / 10))),
  1 + pick('cart.qty', u * 4 + j, 2), CASE pick('cart.live', u * 4 + j, 9) WHEN 0 THEN 'live-' || p % 50 END,
  CASE pick('cart.live', u * 4 + j, 9) WHEN 0 THEN 'creator-' || p % 200 END,
  now() / 1000000 - 86400 * (1 + j) - pick('cart.age', u, 5000000), -1 - j
FROM wish WHERE true
ON CONFLICT DO NOTHING;

-- orders ---------------------------------------------------------------------------------------------

-- Each order lives its life up to now: a stage lasts 30 to 100 % of its timer, so that none is overdue at the start.
-- Of 1000: 40 are never paid, 20 are called off by the buyer and 7 by the seller; the payments below tell returns apart (67 to 88).
-- Every 50th order was placed by the buyer of the order before it, in the same shop, and shares its fate ("twin").
-- Sums are filled in when the lines are there.
INSERT INTO orders (id, shop_id, user_id, status, is_on_hold, is_cod, order_type, payment_method_name, sub_total,
  shipping_fee, total_amount, create_time, paid_time, rts_time, collection_time, delivery_time, complete_time,
  cancel_time, update_time, cancel_initiator, cancel_reason, split_or_combine_tag, remorse_hold, idem_key)
WITH RECURSIVE
  n (i) AS (SELECT :orders WHERE :orders > 0 UNION ALL SELECT i - 1 FROM n WHERE i > 1),
  placed AS MATERIALIZED (
    SELECT -i AS k, i, -i - (i % 50 = 1 AND i < :orders) AS twin,
      now() - 1000000 - (i - 1) * (7776000000000 / :orders) - draw('order.age', -i) * (3888000000000 / :orders) / 1000000 AS at
    FROM n),
  fate AS MATERIALIZED (
    SELECT k, i, twin, at, draw('order.method', twin) AS method, pick('order.fate', twin, 1000) AS fate,
      zipf('order.product', twin, :products) % (:products * 3 / 10) AS s FROM placed),
  method AS MATERIALIZED (
    SELECT k, i, twin, at, fate, s, pick('shop.remorse', s, 5) = 0 AS hold,
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
    SELECT *, deliver_at + (300000 + draw('order.complete', k) * 7 / 10) * :complete_after / 1000000 AS complete_at,
      draw('order.units', k) >= 620000 AS several FROM delivered),
  seen AS MATERIALIZED (
    SELECT k, i, twin, at, fate, s, hold, method, several,
      CASE WHEN paid_at <= now() THEN paid_at END AS paid_at, CASE WHEN open_at <= now() THEN open_at END AS open_at,
      CASE WHEN end_at IS NULL AND pack_at <= now() THEN pack_at END AS pack_at,
      CASE WHEN end_at IS NULL AND ship_at <= now() THEN ship_at END AS ship_at,
      CASE WHEN end_at IS NULL AND deliver_at <= now() THEN deliver_at END AS deliver_at,
      CASE WHEN end_at IS NULL AND complete_at <= now() THEN complete_at END AS complete_at,
      CASE WHEN end_at <= now() THEN end_at END AS end_at FROM life),
  status AS MATERIALIZED (
    SELECT *, CASE WHEN end_at THEN 'CANCELLED' WHEN complete_at THEN 'COMPLETED' WHEN deliver_at THEN 'DELIVERED' WHEN ship_at THEN 'IN_TRANSIT'
        WHEN pack_at THEN CASE WHEN several AND fate >= 850 THEN 'PARTIALLY_SHIPPING' ELSE 'AWAITING_COLLECTION' END
        WHEN open_at THEN 'AWAITING_SHIPMENT' WHEN paid_at THEN 'ON_HOLD' ELSE 'UNPAID' END AS status FROM seen)
SELECT snowflake(k, at), snowflake(s, now() - 94608000000000 + s * (63072000000000 / (:products * 3 / 10))),
  snowflake(pick('order.buyer', twin, :buyers), now() - 94608000000000 + pick('order.buyer', twin, :buyers) * (63072000000000 / :buyers)),
  status, status = 'ON_HOLD', method = 'cod', CASE WHEN pick('order.type', k, 200) = 0 THEN 'PRE_ORDER' ELSE 'NORMAL' END, method, '0.00',
  printf('%d.00', (5 + pick('shop.shipping', s, 16)) * 1000), '0.00', at / 1000000,
  CASE WHEN method <> 'cod' AND paid_at THEN paid_at / 1000000 ELSE 0 END, coalesce(pack_at / 1000000, 0),
  coalesce(ship_at / 1000000, 0), coalesce(deliver_at / 1000000, 0), coalesce(complete_at / 1000000, 0), coalesce(end_at / 1000000, 0),
  coalesce(end_at, complete_at, deliver_at, ship_at, pack_at, open_at, paid_at, at) / 1000000,
  CASE WHEN end_at THEN CASE WHEN fate < 40 THEN 'SYSTEM' WHEN fate < 60 THEN 'BUYER' ELSE 'SELLER' END END,
  CASE WHEN end_at THEN CASE WHEN fate < 40 THEN 'payment did not come' WHEN fate < 60 THEN '["salah pilih","berubah pikiran 😅","ganti alamat"]'
    ->> pick('order.reason', k, 3) ELSE 'stok habis' END END,
  CASE WHEN i % 50 IN (1, 2) AND i + (i % 50 = 1) <= :orders AND fate >= 67
      AND (i - (i % 50 = 2) - 1) * (7776000000000 / :orders) > 7200000000 + :remorse_hold + :accept_after + :ship_after + :deliver_after
    THEN 'COMBINED' WHEN several AND pack_at AND status <> 'PARTIALLY_SHIPPING' AND pick('order.split', k, 20) = 0 THEN 'SPLIT' END,
  hold, k
FROM status;

-- One to four units: the first of a popular product, the others of the same shop. The second unit is often the same sku.
-- A combined order's package is that of its twin; a split order's last unit has a package of its own.
INSERT INTO order_line (id, order_id, sku_id, original_price, sale_price, seller_discount, platform_discount, package_id, display_status)
WITH
  head AS MATERIALIZED (
    SELECT o.id, o.idem_key AS k, o.status, o.create_time, o.split_or_combine_tag AS tag, h.idem_key AS holder, h.rts_time AS packed,
      zipf('order.product', o.idem_key - (-o.idem_key % 50 = 1 AND -o.idem_key < :orders), :products) AS p,
      1 + (draw('order.units', o.idem_key) >= 620000) + (draw('order.units', o.idem_key) >= 850000) + (draw('order.units', o.idem_key) >= 950000) AS units,
      (pick('order.promo', o.idem_key, 8) = 0) AS promo, (pick('order.voucher', o.idem_key, 12) = 0) * 3000 AS voucher
    FROM orders o CROSS JOIN orders h ON h.idem_key = o.idem_key - (o.split_or_combine_tag IS 'COMBINED' AND -o.idem_key % 50 = 1)),
  unit AS MATERIALIZED (
    SELECT *, u - (u > 0 AND pick('order.same', k, 3) = 0) AS j, :products * 3 / 10 AS shops
    FROM head CROSS JOIN (SELECT 0 AS u UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) WHERE u < units),
  good AS MATERIALIZED (
    SELECT *, p % shops + shops * ((p / shops + j) % ((:products - p % shops + shops - 1) / shops)) AS g FROM unit),
  sold AS MATERIALIZED (
    SELECT *, g * 4 + pick('order.variant', k * 4 - j, 1 + ('[0,0,0,0,0,0,1,1,1,2]' ->> pick('product.variants', g, 10))) AS v FROM good),
  priced AS MATERIALIZED (
    SELECT sold.*, sku.id AS sku, minor(sku.price) / 100 AS price FROM sold CROSS JOIN sku
    ON sku.id = snowflake(v, now() - 63072000000000 + v / 4 * (31536000000000 / :products) + (v % 4 + 1) * 1000000)),
  cut AS MATERIALIZED (SELECT *, promo * (price / 1000) * 100 AS ours, voucher / units + (u < voucher % units) AS theirs FROM priced)
SELECT snowflake(-k * 4 + u, create_time * 1000000), id, sku, printf('%d.00', price), printf('%d.00', price - ours - theirs),
  printf('%d.00', ours), printf('%d.00', theirs),
  CASE WHEN packed = 0 OR status = 'PARTIALLY_SHIPPING' AND u > 0 THEN NULL
    ELSE snowflake(2 * holder - (tag IS 'SPLIT' AND u + 1 = units), packed * 1000000) END,
  CASE WHEN status <> 'PARTIALLY_SHIPPING' THEN status WHEN u = 0 THEN 'IN_TRANSIT' ELSE 'AWAITING_SHIPMENT' END
FROM cut;

UPDATE orders SET sub_total = printf('%d.00', sub), seller_discount = printf('%d.00', ours), platform_discount = printf('%d.00', theirs),
  total_amount = printf('%d.00', sub + minor(shipping_fee) / 100 - ours - theirs)
FROM (SELECT order_id, sum(minor(original_price)) / 100 AS sub, sum(minor(seller_discount)) / 100 AS ours,
        sum(minor(platform_discount)) / 100 AS theirs FROM order_line GROUP BY order_id) l
WHERE l.order_id = orders.id;

INSERT INTO package (id, status, tracking_number, provider_id)
SELECT l.package_id, CASE max(o.status) WHEN 'AWAITING_COLLECTION' THEN 'PROCESSING' WHEN 'DELIVERED' THEN 'COMPLETED'
    WHEN 'COMPLETED' THEN 'COMPLETED' ELSE 'FULFILLING' END,
  'TTS' || l.package_id, CAST(1 + pick('package.courier', l.package_id, 4) AS TEXT)
FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.package_id IS NOT NULL GROUP BY l.package_id;

INSERT INTO package_order (package_id, order_id)
SELECT DISTINCT package_id, order_id FROM order_line WHERE package_id IS NOT NULL ORDER BY 1, 2;

INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT id, cancel_initiator, cancel_reason, cancel_time FROM orders WHERE cancel_initiator IS NOT NULL ORDER BY id;

-- payments -------------------------------------------------------------------------------------------

-- Money for a cancelled order went back; of completed orders, 67 to 78 in 1000 were returned (one of twelve refunds failed).
INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, paid_time, idem_key)
WITH paid AS MATERIALIZED (
  SELECT id, user_id, payment_method_name AS method, total_amount AS amount, status, create_time AS at, paid_time, idem_key AS k,
    pick('order.fate', idem_key - (-idem_key % 50 = 1 AND -idem_key < :orders), 1000) AS fate FROM orders)
SELECT snowflake(k, at * 1000000 + 1000000), id, user_id, 'TT' || snowflake(k, at * 1000000 + 1000000), method, amount,
  CASE WHEN method = 'cod' THEN 'COD' WHEN status = 'UNPAID' THEN 'PENDING' WHEN status = 'CANCELLED' AND paid_time = 0 THEN 'VOID'
    WHEN status = 'CANCELLED' OR status = 'COMPLETED' AND fate BETWEEN 68 AND 78 THEN 'REFUNDED' ELSE 'PAID' END,
  at, paid_time, k
FROM paid ORDER BY id;

INSERT INTO return_request (id, order_id, payment_id, type, status, amount)
SELECT snowflake(o.idem_key, o.delivery_time * 1000000 + 1000000), o.id, p.id,
  CASE WHEN pick('return.type', o.idem_key, 2) = 0 THEN 'REFUND' ELSE 'RETURN_AND_REFUND' END,
  CASE WHEN fate <= 78 THEN 'COMPLETE' WHEN fate <= 82 THEN 'PENDING' WHEN fate <= 85 THEN 'APPROVED' ELSE 'REJECTED' END, p.amount
FROM (SELECT id, idem_key, delivery_time, pick('order.fate', idem_key - (-idem_key % 50 = 1 AND -idem_key < :orders), 1000) AS fate
      FROM orders WHERE status = 'COMPLETED' AND is_cod = 0) o
JOIN payment p ON p.idem_key = o.idem_key WHERE fate BETWEEN 67 AND 88 ORDER BY 1;

INSERT INTO refund (id, return_id, order_id, payment_id, amount, status)
SELECT snowflake(p.idem_key, p.paid_time * 1000000 + 3000000), r.id, p.order_id, p.id, p.amount,
  CASE p.status WHEN 'REFUNDED' THEN 'SUCCESS' ELSE 'FAILED' END
FROM payment p LEFT JOIN return_request r ON r.payment_id = p.id
WHERE p.status = 'REFUNDED' OR r.status = 'COMPLETE' ORDER BY 1;

-- merchants ------------------------------------------------------------------------------------------

-- Statements of what was completed in the last three days; days are cut at 00:00 UTC.
INSERT INTO statement (id, shop_id, statement_time, revenue, settlement_amount, payment_status)
SELECT snowflake(min(-idem_key), complete_time / 86400 * 86400 * 1000000), shop_id, complete_time / 86400 * 86400,
  printf('%d.00', sum(minor(total_amount)) / 100), printf('%d.00', sum(minor(total_amount)) / 100), 'PROCESSING'
FROM orders WHERE status = 'COMPLETED' AND update_time >= now() / 1000000 - 259200 GROUP BY complete_time / 86400, shop_id;

INSERT INTO statement_tx (id, statement_id, order_id, type, amount)
SELECT snowflake(-o.idem_key, o.complete_time * 1000000), s.id, o.id, 'ORDER', o.total_amount
FROM orders o JOIN statement s ON s.shop_id = o.shop_id AND s.statement_time = o.complete_time / 86400 * 86400
WHERE o.status = 'COMPLETED' AND o.update_time >= now() / 1000000 - 259200 ORDER BY o.id;

INSERT INTO voucher (code, funder, amount, budget_left)
WITH RECURSIVE n (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 20)
SELECT printf('HEMAT%02d', v), CASE WHEN v % 3 = 0 THEN 'SELLER' ELSE 'PLATFORM' END, '3000.00', 500 + pick('voucher.budget', v, 5000) FROM n;

INSERT INTO voucher_claim (code, user_id, order_id, claimed)
SELECT printf('HEMAT%02d', 1 + pick('voucher.code', idem_key, 20)), user_id, id, create_time FROM orders
WHERE pick('order.voucher', idem_key, 12) = 0 AND idem_key > -5000 ORDER BY idem_key
ON CONFLICT DO NOTHING;

-- A creator's live brought one line in thirty.
INSERT INTO affiliate_attr (order_line_id, creator_id, live_id, commission_bps)
SELECT l.id, 'creator-' || pick('affiliate.creator', l.id, 200), 'live-' || pick('affiliate.live', l.id, 50), 500 + pick('affiliate.bps', l.id, 10) * 100
FROM order_line l WHERE pick('affiliate', l.id, 30) = 0;
