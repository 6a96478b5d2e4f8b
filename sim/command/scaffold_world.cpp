#include "command/scaffold.h"

namespace pindah {
namespace {

constexpr std::string_view kWorldYaml = R"file(
pindah_world: 1
title: The old shop moves to the new shop
platforms:
  source: { folder: old, name: Old Shop, ids: snowflake }
  target: { folder: new, name: New Shop, ids: integer }
scale: { buyers: 500, products: 200, past_orders: 400 }   # a scenario may override these
services:                                  # each table belongs to exactly one service
  people: { source: [buyer], target: [customer] }
  goods: { source: [product], target: [article] }
  orders: { source: [orders, orders_request], target: [purchase, purchase_request] }
pools:                                     # ids that people know, best known first
  buyer:
    source: "SELECT id FROM buyer ORDER BY id"
    target: "SELECT customer_no FROM customer ORDER BY customer_no"
  item:
    source: "SELECT id FROM product ORDER BY id"
    target: "SELECT article_no FROM article ORDER BY article_no"
pages:
  home: { calls: [goods.front] }
  product: { draw: { item: zipf item }, calls: [goods.product], keep: [item] }
  order:
    calls: [goods.product, orders.place]
    undo: { orders.place: orders.cancel }  # runs when the shopper gives up after her last retry
    keep: [order_token]
  account: { calls: [orders.mine] }
  receipt: { calls: [orders.open] }
)file";

constexpr std::string_view kShoppersYaml = R"file(
client: { timeout: 10s, retries: [1s, 3s] }   # retries reuse the idempotency key; then she gives up
think: { mean: 7s, cap: 70s, least: 800ms }
leaving: [ { at: 3s, times: 1.32 }, { at: 5s, times: 1.90 }, { at: 10s, times: 2.23 } ]
notice: { slower_by: 20%, at_least: 100ms, over: 800ms }
longest_session: 60
entry: { home: .60, product: .40 }
mixes:
  usual: { visitor: 1 }
personas:                                     # where each goes next; rows sum to 1
  visitor:
    home: { product: .70, account: .10, exit: .20 }
    product: { product: .40, order: .20, home: .10, exit: .30 }
    order: { receipt: .40, account: .20, exit: .40 }
    receipt: { home: .20, exit: .80 }
    account: { home: .20, exit: .80 }
)file";

constexpr std::string_view kPromisesYaml = R"file(
promises:
  order:
    service: orders
    made_by: orders.place            # told once the page that ran this call has replied
    token: order_token               # what she shows again later
    belongs_to: buyer
    status: status
    ranks: [placed, cancelled]       # it only moves up
    void: cancelled                  # this rank owes nothing more
    fixed: [total]                   # must always be as it was told
    opened_by: receipt
    must_show: { account: orders }
tokens: [order_token]
anomalies:
  lost_orders: lost(order)
  duplicate_orders: duplicated(order)
  stale_reads: stale(order)
  statuses_gone_back: regressed(order)
  unowned_writes: unowned()
  shown_to_another: shown_to_another(order)
)file";

constexpr std::string_view kActorsYaml = R"file(
# Ledgers (a payment gateway is one), background jobs and named durations stand here: docs/world.md.
settings: {}
)file";

constexpr std::string_view kOldSchemaSql = R"file(
-- Old Shop: ids are text, money is decimal text, time is seconds since 1970.
CREATE TABLE buyer (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE product (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  price TEXT NOT NULL
);
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  buyer_id TEXT NOT NULL,
  product_id TEXT NOT NULL,
  total TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('PLACED', 'CANCELLED')),
  create_time INTEGER NOT NULL,
  idem_key INTEGER NOT NULL UNIQUE,
  new_shop_no INTEGER UNIQUE          -- its number on New Shop, once it came back from there
);
CREATE INDEX orders_by_buyer ON orders (buyer_id);
CREATE TABLE orders_request (
  idem_key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('place', 'void'))   -- void: taken back, maybe in advance
);
-- An order in the words of its buyer.
CREATE VIEW order_seen AS
SELECT id, id AS order_token, idem_key AS idem, buyer_id AS buyer, product_id AS bought,
       lower(status) AS status, minor(total) AS total
FROM orders;
)file";

constexpr std::string_view kOldPopulateSql = R"file(
-- Buyers, goods and past orders. Rows made here have negative idempotency keys.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :buyers)
INSERT INTO buyer (id, name)
SELECT snowflake(i, now() - (:buyers - i + 1) * 3600000000), 'Buyer ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :products)
INSERT INTO product (id, title, price)
SELECT snowflake(i, now() - (:products - i + 1) * 7200000000), 'Product ' || i,
       printf('%d.%02d', 10 + pick('price', i, 490), 50 * pick('cents', i, 2))
FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :past_orders)
INSERT INTO orders (id, buyer_id, product_id, total, status, create_time, idem_key)
SELECT snowflake(-n.i, now() - n.i * 600000000), b.id, p.id, p.price,
       iif(pick('cancelled', n.i, 20) = 0, 'CANCELLED', 'PLACED'), now() / 1000000 - n.i * 600, -n.i
FROM n
JOIN buyer b ON b.rowid = 1 + pick('order buyer', n.i, :buyers)
JOIN product p ON p.rowid = 1 + zipf('order product', n.i, :products);
)file";

constexpr std::string_view kOldCallsGoodsFrontSql = R"file(
-- What is new in the shop.
SELECT json_group_array(title) AS new_in
FROM (SELECT title FROM product ORDER BY id DESC LIMIT 10);
)file";

constexpr std::string_view kOldCallsGoodsProductSql = R"file(
-- One product; the price in minor units.
SELECT title, minor(price) AS price FROM product WHERE id = :item;
)file";

constexpr std::string_view kOldCallsOrdersPlaceSql = R"file(
-- Places an order for one :item at :price.
-- replay:
SELECT order_token, status, total FROM order_seen WHERE idem = :idem;
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM orders_request WHERE idem_key = :idem);
SELECT refuse('no such product') WHERE :price IS NULL;
INSERT INTO orders_request (idem_key, kind) VALUES (:idem, 'place');
INSERT INTO orders (id, buyer_id, product_id, total, status, create_time, idem_key)
VALUES (new_id(:idem), :buyer, :item, printf('%d.%02d', :price / 100, :price % 100), 'PLACED',
        now() / 1000000, :idem);
SELECT order_token, status, total FROM order_seen WHERE idem = :idem;
)file";

constexpr std::string_view kOldCallsOrdersCancelSql = R"file(
-- Takes back the order that a shopper gave up on; before the order, it forbids it.
INSERT INTO orders_request (idem_key, kind) VALUES (:idem, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = 'void';
UPDATE orders SET status = 'CANCELLED' WHERE idem_key = :idem;
SELECT 1 AS taken_back;
)file";

constexpr std::string_view kOldCallsOrdersMineSql = R"file(
-- The buyer's orders, by their keys.
SELECT json_group_array(json_object('idem', idem, 'status', status, 'total', total)) AS orders
FROM (SELECT idem, status, total FROM order_seen WHERE buyer = :buyer ORDER BY idem);
)file";

constexpr std::string_view kOldCallsOrdersOpenSql = R"file(
-- One order, as the one who placed it sees it.
SELECT idem, buyer, status, total, bought FROM order_seen
WHERE id = coalesce((SELECT id FROM orders WHERE new_shop_no = :order_token), :order_token);
)file";

constexpr std::string_view kNewSchemaSql = R"file(
-- New Shop: ids are integers, money is whole minor units, time is text in UTC.
CREATE TABLE customer (
  customer_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE article (
  article_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  price INTEGER NOT NULL
);
-- `home` tells whose customer's purchase it is: the old shop's (source) or our own (target). The
-- old shop's people and goods keep their ids, which are text.
CREATE TABLE purchase (
  purchase_no INTEGER PRIMARY KEY,
  ext_order_id TEXT UNIQUE,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  customer NOT NULL,
  article NOT NULL,
  amount INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (1, 9)),
  placed_at TEXT NOT NULL,
  idem_key INTEGER NOT NULL UNIQUE
);
CREATE INDEX purchase_by_customer ON purchase (customer);
CREATE TABLE purchase_request (
  idem_key INTEGER PRIMARY KEY,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  kind TEXT NOT NULL CHECK (kind IN ('place', 'void'))
);
-- A purchase in the words of its buyer.
CREATE VIEW order_seen AS
SELECT purchase_no, purchase_no AS order_token, idem_key AS idem, customer AS buyer,
       article AS bought, iif(state = 1, 'placed', 'cancelled') AS status, amount AS total
FROM purchase;
)file";

constexpr std::string_view kNewPopulateSql = R"file(
-- New Shop lives already: its own customers, articles and purchases.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :buyers)
INSERT INTO customer (customer_no, name) SELECT i, 'Customer ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :products)
INSERT INTO article (article_no, name, price)
SELECT i, 'Article ' || i, 1000 + 50 * pick('article price', i, 980) FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :past_orders)
INSERT INTO purchase (purchase_no, home, customer, article, amount, state, placed_at, idem_key)
SELECT n.i, 'target', 1 + pick('purchase customer', n.i, :buyers), a.article_no, a.price, 1,
       time_text(now() / 1000000 - n.i * 600), -1000000 - n.i
FROM n JOIN article a ON a.article_no = 1 + zipf('purchase article', n.i, :products);
)file";

constexpr std::string_view kNewCallsGoodsFrontSql = R"file(
-- What is new in the shop.
SELECT json_group_array(name) AS new_in
FROM (SELECT name FROM article ORDER BY article_no DESC LIMIT 10);
)file";

constexpr std::string_view kNewCallsGoodsProductSql = R"file(
-- One product; the price in minor units.
SELECT name AS title, price FROM article WHERE article_no = :item;
)file";

constexpr std::string_view kNewCallsOrdersPlaceSql = R"file(
-- Places an order for one :item at :price.
-- replay:
SELECT order_token, status, total FROM order_seen WHERE idem = :idem;
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM purchase_request WHERE idem_key = :idem);
SELECT refuse('no such product') WHERE :price IS NULL;
INSERT INTO purchase_request (idem_key, home, kind) VALUES (:idem, :home, 'place');
INSERT INTO purchase (purchase_no, home, customer, article, amount, state, placed_at, idem_key)
VALUES (new_id(:idem), :home, :buyer, :item, :price, 1, time_text(now() / 1000000), :idem);
SELECT order_token, status, total FROM order_seen WHERE idem = :idem;
)file";

constexpr std::string_view kNewCallsOrdersCancelSql = R"file(
-- Takes back the order that a shopper gave up on; before the order, it forbids it.
INSERT INTO purchase_request (idem_key, home, kind) VALUES (:idem, :home, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = 'void';
UPDATE purchase SET state = 9 WHERE idem_key = :idem;
SELECT 1 AS taken_back;
)file";

constexpr std::string_view kNewCallsOrdersMineSql = R"file(
-- The buyer's orders, by their keys.
SELECT json_group_array(json_object('idem', idem, 'status', status, 'total', total)) AS orders
FROM (SELECT idem, status, total FROM order_seen WHERE buyer = :buyer ORDER BY idem);
)file";

constexpr std::string_view kNewCallsOrdersOpenSql = R"file(
-- One order, as the one who placed it sees it. A moved one opens with the token of the old shop.
SELECT idem, buyer, status, total, bought FROM order_seen
WHERE purchase_no = coalesce(
  (SELECT purchase_no FROM purchase WHERE ext_order_id = :order_token),
  (SELECT purchase_no FROM purchase WHERE purchase_no = :order_token));
)file";

constexpr std::string_view kMovesForward10OrdersSql = R"file(
-- Orders of the old shop become purchases of the new one.
-- move: orders
-- root: orders(id)
-- extract:
SELECT o.id AS _key, o.buyer_id, o.product_id, minor(o.total) AS total, o.status, o.create_time,
       o.idem_key
FROM orders o WHERE o.id BETWEEN :from AND :to ORDER BY o.id;
-- load:
INSERT INTO purchase (purchase_no, ext_order_id, home, customer, article, amount, state, placed_at,
                      idem_key)
VALUES (new_id(:idem_key), :_key, 'source', :buyer_id, :product_id, :total,
        CASE :status WHEN 'PLACED' THEN 1 ELSE 9 END,
        time_text(:create_time), :idem_key)
ON CONFLICT DO UPDATE SET ext_order_id = excluded.ext_order_id, customer = excluded.customer,
  article = excluded.article, amount = excluded.amount, state = excluded.state,
  placed_at = excluded.placed_at;
-- delete:
DELETE FROM purchase WHERE ext_order_id = :_key;
-- check:
SELECT :_key AS _key, customer AS buyer_id, article AS product_id, amount AS total,
       CASE state WHEN 1 THEN 'PLACED' ELSE 'CANCELLED' END AS status,
       time_seconds(placed_at) AS create_time, idem_key
FROM purchase WHERE ext_order_id = :_key;
-- present:
SELECT ext_order_id AS _key FROM purchase WHERE ext_order_id BETWEEN :from AND :to
ORDER BY ext_order_id;
)file";

constexpr std::string_view kMovesBackward10OrdersSql = R"file(
-- Purchases of the old shop's people go back: the reverse stream after a cutover.
-- move: orders
-- root: purchase(purchase_no)
-- extract:
SELECT p.purchase_no AS _key, p.ext_order_id, p.customer, p.article, p.amount, p.state,
       time_seconds(p.placed_at) AS placed, p.idem_key
FROM purchase p
WHERE p.purchase_no BETWEEN :from AND :to AND p.home = 'source' ORDER BY p.purchase_no;
-- load:
INSERT INTO orders (id, buyer_id, product_id, total, status, create_time, idem_key, new_shop_no)
VALUES (coalesce(:ext_order_id, snowflake(:idem_key, :placed * 1000000)), :customer, :article,
        printf('%d.%02d', :amount / 100, :amount % 100),
        CASE :state WHEN 1 THEN 'PLACED' ELSE 'CANCELLED' END, :placed, :idem_key, :_key)
ON CONFLICT DO UPDATE SET buyer_id = excluded.buyer_id, product_id = excluded.product_id,
  total = excluded.total, status = excluded.status, create_time = excluded.create_time,
  new_shop_no = excluded.new_shop_no;
-- delete:
DELETE FROM orders WHERE new_shop_no = :_key;
-- check:
SELECT :_key AS _key, buyer_id AS customer, product_id AS article, minor(total) AS amount,
       CASE status WHEN 'PLACED' THEN 1 ELSE 9 END AS state, create_time AS placed, idem_key
FROM orders WHERE new_shop_no = :_key;
-- present:
SELECT new_shop_no AS _key FROM orders WHERE new_shop_no BETWEEN :from AND :to ORDER BY new_shop_no;
)file";

constexpr std::string_view kMovesBoth20RequestsSql = R"file(
-- Which keys placed an order, and which were taken back: copied as it is, there and back.
-- copied: orders_request = purchase_request
-- marked: home = 'source'
)file";

constexpr std::string_view kTruthSourceOrderSql = R"file(
-- Orders as facts, for the oracle alone: written from the schema, not from the moves.
SELECT idem_key AS witness, id AS token, buyer_id AS buyer,
       lower(status) AS status, minor(total) AS total, id AS root
FROM orders ORDER BY idem_key;
)file";

constexpr std::string_view kTruthTargetOrderSql = R"file(
-- Orders as facts; a moved one answers to the token of the old shop.
SELECT idem_key AS witness, coalesce(ext_order_id, purchase_no) AS token, customer AS buyer,
       iif(state = 1, 'placed', 'cancelled') AS status, amount AS total, purchase_no AS root
FROM purchase ORDER BY idem_key;
)file";

}  // namespace

std::vector<ScaffoldFile> scaffold_world() {
  std::vector<ScaffoldFile> files = {
      {"world.yaml", kWorldYaml},
      {"shoppers.yaml", kShoppersYaml},
      {"promises.yaml", kPromisesYaml},
      {"actors.yaml", kActorsYaml},
      {"old/schema.sql", kOldSchemaSql},
      {"old/populate.sql", kOldPopulateSql},
      {"old/calls/goods/front.sql", kOldCallsGoodsFrontSql},
      {"old/calls/goods/product.sql", kOldCallsGoodsProductSql},
      {"old/calls/orders/place.sql", kOldCallsOrdersPlaceSql},
      {"old/calls/orders/cancel.sql", kOldCallsOrdersCancelSql},
      {"old/calls/orders/mine.sql", kOldCallsOrdersMineSql},
      {"old/calls/orders/open.sql", kOldCallsOrdersOpenSql},
      {"new/schema.sql", kNewSchemaSql},
      {"new/populate.sql", kNewPopulateSql},
      {"new/calls/goods/front.sql", kNewCallsGoodsFrontSql},
      {"new/calls/goods/product.sql", kNewCallsGoodsProductSql},
      {"new/calls/orders/place.sql", kNewCallsOrdersPlaceSql},
      {"new/calls/orders/cancel.sql", kNewCallsOrdersCancelSql},
      {"new/calls/orders/mine.sql", kNewCallsOrdersMineSql},
      {"new/calls/orders/open.sql", kNewCallsOrdersOpenSql},
      {"moves/forward/10-orders.sql", kMovesForward10OrdersSql},
      {"moves/backward/10-orders.sql", kMovesBackward10OrdersSql},
      {"moves/both/20-requests.sql", kMovesBoth20RequestsSql},
      {"truth/source/order.sql", kTruthSourceOrderSql},
      {"truth/target/order.sql", kTruthTargetOrderSql},
  };
  for (ScaffoldFile& file : files) file.text.remove_prefix(1);  // the line end behind the quote
  return files;
}

}  // namespace pindah
