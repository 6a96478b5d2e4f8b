-- TikTok Shop, the source.
-- Ids are TEXT snowflakes of 19 digits, money is TEXT with two decimals beside a currency
-- ('57500.00', 'IDR'; always whole rupiah), time is INTEGER epoch seconds UTC, 0 = not yet.
-- Table and column names follow the partner API where one is public; [I] marks this project's
-- additions: idem_key and *_request (idempotency), remorse_hold, stock_return, collection_time,
-- complete_time, session.
-- Checks of rows that come one by one spell their alternatives with OR: an IN list of more than two
-- is built anew for every statement, and costs more than the rest of the row.

-- catalogue ---------------------------------------------------------------------------------------

CREATE TABLE shop (
  id TEXT PRIMARY KEY,
  seller_open_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  region TEXT NOT NULL DEFAULT 'ID',
  -- [I] flat, an order
  shipping_fee TEXT NOT NULL DEFAULT '10000.00' CHECK (shipping_fee LIKE '%.00'),
  -- holds paid orders for an hour
  remorse_hold INTEGER NOT NULL DEFAULT 0 CHECK (remorse_hold IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE product (
  id TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'ACTIVATE' CHECK (status IN ('ACTIVATE', 'SELLER_DEACTIVATED')),
  category TEXT NOT NULL,  -- what page `list` draws
  keyword TEXT NOT NULL,   -- what page `search` draws
  -- [I] what lists show of it: JSON {item, title, price in rupiah} of its first sku
  card TEXT NOT NULL CHECK (json_valid(card))
) STRICT, WITHOUT ROWID;
-- Wide enough that lists need not look at the product itself.
CREATE INDEX product_category ON product (category, status, id, card);
CREATE INDEX product_keyword ON product (keyword, status, id, card);
CREATE INDEX product_of_shop ON product (shop_id, id);

CREATE TABLE sku (  -- what a shopper buys: her :item
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES product (id) ON DELETE CASCADE,
  seller_sku TEXT,
  price TEXT NOT NULL CHECK (price LIKE '%.00' AND price NOT LIKE '0.%' AND price NOT LIKE '-%'),
  currency TEXT NOT NULL DEFAULT 'IDR'
) STRICT, WITHOUT ROWID;
CREATE INDEX sku_of_product ON sku (product_id, id);

-- The stock of a seller who is on both platforms is counted on each of them separately in this
-- world.
CREATE TABLE inventory (
  sku_id TEXT NOT NULL REFERENCES sku (id) ON DELETE CASCADE,
  warehouse_id TEXT NOT NULL,
  available INTEGER NOT NULL CHECK (available >= 0),
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),  -- held or sold since the start
  PRIMARY KEY (sku_id, warehouse_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_request (
  idem_key INTEGER PRIMARY KEY,
  -- released: given back, or the undo came first
  kind TEXT NOT NULL CHECK (kind IN ('reserve', 'released')),
  lines TEXT,     -- answer of reserve: JSON [{item, qty, price}]
  picks TEXT,     -- JSON [{item, qty, warehouse}]: where the units came from
  shop_id TEXT,
  hold INTEGER,
  shipping INTEGER  -- rupiah
) STRICT;

-- carts -------------------------------------------------------------------------------------------

CREATE TABLE cart_item (
  user_id TEXT NOT NULL,
  sku_id TEXT NOT NULL,
  shop_id TEXT NOT NULL,  -- a checkout takes the lines of one shop
  qty INTEGER NOT NULL CHECK (qty BETWEEN 1 AND 99),
  live_id TEXT,
  creator_id TEXT,
  added INTEGER NOT NULL,
  idem_key INTEGER NOT NULL,  -- of the last visit that added to this line: the order of lines
  PRIMARY KEY (user_id, sku_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cart_item_newest ON cart_item (user_id, idem_key);
CREATE INDEX cart_item_witness ON cart_item (user_id || '/' || sku_id);

CREATE TABLE carts_request (
  idem_key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('add', 'clear')),
  lines TEXT  -- clear: what was taken out, JSON [{item, qty}]
) STRICT;

-- orders ------------------------------------------------------------------------------------------

-- What shoppers call each status: order_seen.
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status = 'UNPAID' OR status = 'COMPLETED'
    OR status = 'AWAITING_SHIPMENT'
    OR status = 'ON_HOLD' OR status = 'AWAITING_COLLECTION' OR status = 'PARTIALLY_SHIPPING'
    OR status = 'IN_TRANSIT' OR status = 'DELIVERED' OR status = 'CANCELLED'),
  is_on_hold INTEGER NOT NULL DEFAULT 0 CHECK (is_on_hold = (status = 'ON_HOLD')),
  is_cod INTEGER NOT NULL CHECK (is_cod IN (0, 1)),
  order_type TEXT NOT NULL DEFAULT 'NORMAL' CHECK (order_type IN ('NORMAL', 'PRE_ORDER')),
  commerce_platform TEXT NOT NULL DEFAULT 'TIKTOK_SHOP',
  payment_method_name TEXT NOT NULL CHECK (payment_method_name = 'ewallet'
    OR payment_method_name = 'va'
    OR payment_method_name = 'card' OR payment_method_name = 'cod'
      OR payment_method_name = 'minimarket'),
  currency TEXT NOT NULL DEFAULT 'IDR',
  sub_total TEXT NOT NULL,
  shipping_fee TEXT NOT NULL,
  seller_discount TEXT NOT NULL DEFAULT '0.00',
  platform_discount TEXT NOT NULL DEFAULT '0.00',
  total_amount TEXT NOT NULL,  -- sub_total + shipping_fee - seller_discount - platform_discount
  create_time INTEGER NOT NULL,
  paid_time INTEGER NOT NULL DEFAULT 0,
  rts_time INTEGER NOT NULL DEFAULT 0,         -- ready to ship: packed
  collection_time INTEGER NOT NULL DEFAULT 0,  -- handed to the courier
  delivery_time INTEGER NOT NULL DEFAULT 0,
  complete_time INTEGER NOT NULL DEFAULT 0,
  cancel_time INTEGER NOT NULL DEFAULT 0,
  update_time INTEGER NOT NULL,  -- of the last change of status: every job's timer runs from it
  cancel_initiator TEXT
    CHECK (cancel_initiator = 'BUYER' OR cancel_initiator = 'SELLER'
      OR cancel_initiator = 'SYSTEM'),
  cancel_reason TEXT,
  split_or_combine_tag TEXT CHECK (split_or_combine_tag IN ('SPLIT', 'COMBINED')),
  remorse_hold INTEGER NOT NULL DEFAULT 0 CHECK (remorse_hold IN (0, 1)),  -- goes ON_HOLD once paid
  -- cancelled, and not back yet: 1 its units, 2 its units and its money
  stock_return INTEGER NOT NULL DEFAULT 0 CHECK (stock_return BETWEEN 0 AND 2),
  idem_key INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX orders_of_buyer ON orders (user_id, idem_key);
CREATE INDEX orders_of_shop ON orders (shop_id, idem_key);
-- What jobs wait for; orders that are over are most, and nobody waits for them.
CREATE INDEX orders_due ON orders (status, update_time, id)
  WHERE status NOT IN ('COMPLETED', 'CANCELLED');
CREATE INDEX orders_stock_return ON orders (stock_return, id) WHERE stock_return > 0;

CREATE TABLE order_line (  -- one row a unit
  id TEXT NOT NULL,
  order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  sku_id TEXT NOT NULL,
  original_price TEXT NOT NULL,
  sale_price TEXT NOT NULL,  -- original_price - seller_discount - platform_discount
  seller_discount TEXT NOT NULL DEFAULT '0.00',
  platform_discount TEXT NOT NULL DEFAULT '0.00',
  package_id TEXT,
  display_status TEXT NOT NULL,  -- the order's status, except within PARTIALLY_SHIPPING
  PRIMARY KEY (order_id, sku_id, original_price, id)  -- what is one line to a shopper lies together
) STRICT, WITHOUT ROWID;

CREATE TABLE package (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status = 'PROCESSING' OR status = 'FULFILLING' OR status = 'COMPLETED'
    OR status = 'CANCELLED'),
  tracking_number TEXT NOT NULL,  -- the courier's reference (slot `parcel`)
  provider_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE package_order (  -- N:M: orders may be combined into a package or split over several
  package_id TEXT NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  order_id TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  PRIMARY KEY (package_id, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX package_order_order ON package_order (order_id, package_id);

CREATE TABLE cancellation (
  order_id TEXT PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  initiator TEXT NOT NULL CHECK (initiator = 'BUYER' OR initiator = 'SELLER'
    OR initiator = 'SYSTEM'),
  reason TEXT NOT NULL,
  create_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- place: an order was placed; void: its undo came first, and it must not be placed any more.
CREATE TABLE orders_request (
  idem_key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('place', 'void')),
  answer TEXT  -- place: the order's id
) STRICT;

-- An order in the words of its shopper.
CREATE VIEW order_seen AS
SELECT id, id AS token, idem_key AS idem, user_id AS buyer, shop_id AS shop,
  minor(total_amount) / 100 AS total,
  CASE status
    WHEN 'UNPAID' THEN 'unpaid'
    WHEN 'ON_HOLD' THEN 'on_hold'
    WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'IN_TRANSIT' THEN 'shipped'
    WHEN 'DELIVERED' THEN 'delivered'
    WHEN 'COMPLETED' THEN 'completed'
    WHEN 'CANCELLED' THEN 'cancelled'
    ELSE 'packed' END AS status
FROM orders;

-- An order with its lines, packages and cancellation as one row: what a move carries.
-- One row a unit becomes one a sku and price, with its units; decimal text becomes rupiah.
CREATE VIEW order_row AS
SELECT o.id AS _key, o.idem_key AS idem, o.shop_id AS shop, o.user_id AS buyer, o.status,
  o.order_type, o.payment_method_name AS method, o.split_or_combine_tag AS tag,
  CAST(o.sub_total AS INTEGER) AS sub_total, CAST(o.shipping_fee AS INTEGER) AS shipping,
  CAST(o.seller_discount AS INTEGER) AS seller_discount,
  CAST(o.platform_discount AS INTEGER) AS platform_discount,
  CAST(o.total_amount AS INTEGER) AS total,
  o.create_time, o.paid_time, o.rts_time, o.collection_time, o.delivery_time, o.complete_time,
  o.cancel_time, o.update_time, o.cancel_initiator, o.cancel_reason, o.remorse_hold AS remorse,
  o.stock_return,
  (SELECT json_group_array(json_array(sku_id, price, quantity, units))
   FROM (
     SELECT sku_id, CAST(original_price AS INTEGER) AS price, count(*) AS quantity,
       json_group_array(json_array(id, CAST(seller_discount AS INTEGER),
         CAST(platform_discount AS INTEGER), package_id)) || '' AS units
     FROM order_line l WHERE l.order_id = o.id GROUP BY sku_id, original_price)) AS lines,
  (SELECT json_group_array(json_array(id, tracking_number, provider_id))
   FROM (
     SELECT p.id, p.tracking_number, p.provider_id
     FROM package_order b CROSS JOIN package p ON p.id = b.package_id
     WHERE b.order_id = o.id ORDER BY b.package_id)) AS packages,
  (SELECT json_array(initiator, reason, create_time)
   FROM cancellation c WHERE c.order_id = o.id) AS cancellation
FROM orders o;

-- payments ----------------------------------------------------------------------------------------

-- status and the canonical name: PENDING pending, PAID captured, VOID void (nobody waits for the
-- money; if it comes all the same it becomes PAID and is refunded), REFUNDED refunded, COD cod
-- (cash at the door)
CREATE TABLE payment (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  provider_ref TEXT NOT NULL UNIQUE,  -- what the gateway knows it by: payment_token
  method TEXT NOT NULL
    CHECK (method = 'ewallet' OR method = 'va' OR method = 'card' OR method = 'cod'
      OR method = 'minimarket'),
  amount TEXT NOT NULL,
  currency TEXT NOT NULL DEFAULT 'IDR',
  status TEXT NOT NULL
    CHECK (status = 'PENDING' OR status = 'PAID' OR status = 'COD' OR status = 'VOID'
      OR status = 'REFUNDED'),
  time INTEGER NOT NULL,                 -- started
  paid_time INTEGER NOT NULL DEFAULT 0,  -- captured
  idem_key INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX payment_order ON payment (order_id);

CREATE TABLE return_request (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  payment_id TEXT NOT NULL REFERENCES payment (id) ON DELETE CASCADE,
  type TEXT NOT NULL CHECK (type IN ('REFUND', 'RETURN_AND_REFUND')),
  status TEXT NOT NULL CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'COMPLETE')),
  amount TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX return_request_payment ON return_request (payment_id, id);

CREATE TABLE refund (
  id TEXT PRIMARY KEY,
  return_id TEXT UNIQUE REFERENCES return_request (id) ON DELETE CASCADE,
  order_id TEXT NOT NULL,
  payment_id TEXT NOT NULL REFERENCES payment (id) ON DELETE CASCADE,
  amount TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('SUCCESS', 'FAILED'))
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_payment ON refund (payment_id, id);

CREATE TABLE payments_request (
  idem_key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('start', 'void')),
  answer TEXT  -- start: provider_ref
) STRICT;

-- A payment in the words of its shopper.
CREATE VIEW payment_seen AS
SELECT idem_key AS idem, provider_ref AS payment_token, minor(amount) AS pay_amount,
  CASE status
    WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment;

-- A payment with its returns and refunds as one row: what a move carries.
CREATE VIEW payment_row AS
SELECT p.id AS _key, p.idem_key AS idem, p.order_id, p.user_id AS buyer, p.provider_ref AS ref,
  p.method, CAST(p.amount AS INTEGER) AS amount, p.status, p.time, p.paid_time,
  (SELECT json_group_array(json_array(id, type, status, amount))
   FROM (
     SELECT id, type, status, CAST(amount AS INTEGER) AS amount
     FROM return_request r WHERE r.payment_id = p.id ORDER BY r.id)) AS returns,
  (SELECT json_group_array(json_array(id, return_id, status, amount))
   FROM (
     SELECT id, return_id, status, CAST(amount AS INTEGER) AS amount
     FROM refund f WHERE f.payment_id = p.id ORDER BY f.id)) AS refunds
FROM payment p;

-- accounts ----------------------------------------------------------------------------------------

CREATE TABLE buyer (
  user_id TEXT PRIMARY KEY,
  tiktok_uid TEXT NOT NULL UNIQUE,
  email_masked TEXT NOT NULL,
  phone TEXT NOT NULL,  -- '08…', '+62…' or '62…'; may be shared
  name TEXT NOT NULL,
  personalise INTEGER NOT NULL DEFAULT 1 CHECK (personalise IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Who is logged in.
-- No request of this world bears a token: a session is known by whose it is.
CREATE TABLE session (
  user_id TEXT PRIMARY KEY REFERENCES buyer (user_id) ON DELETE CASCADE,
  id TEXT NOT NULL,  -- what her app keeps
  create_time INTEGER NOT NULL,
  update_time INTEGER NOT NULL  -- when she was last seen to write
) STRICT, WITHOUT ROWID;

CREATE TABLE address (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES buyer (user_id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  region_code TEXT NOT NULL DEFAULT 'ID',
  district_json TEXT NOT NULL CHECK (json_valid(district_json)),  -- free text by level
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL DEFAULT '',
  line3 TEXT NOT NULL DEFAULT '',
  line4 TEXT NOT NULL DEFAULT '',
  postal TEXT NOT NULL DEFAULT '',
  idem_key INTEGER  -- of the visit that added it, as far as requests are kept
) STRICT, WITHOUT ROWID;
CREATE INDEX address_user ON address (user_id, id);
CREATE INDEX address_witness ON address (user_id || '/' || idem_key) WHERE idem_key > 0;

CREATE TABLE accounts_request (
  idem_key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('add', 'void')),  -- void: taken back, or its undo came first
  answer TEXT  -- add: the address's id
) STRICT;

-- merchants ---------------------------------------------------------------------------------------

CREATE TABLE statement (  -- a shop's day, cut at 00:00 UTC = 07:00 in Jakarta
  id TEXT PRIMARY KEY,
  shop_id TEXT NOT NULL,
  statement_time INTEGER NOT NULL CHECK (statement_time % 86400 = 0),
  revenue TEXT NOT NULL,
  fee TEXT NOT NULL DEFAULT '0.00',
  adjustment TEXT NOT NULL DEFAULT '0.00',
  settlement_amount TEXT NOT NULL,
  payment_status TEXT NOT NULL DEFAULT 'PROCESSING'
    CHECK (payment_status = 'PROCESSING' OR payment_status = 'PAID' OR payment_status = 'FAILED'),
  UNIQUE (shop_id, statement_time)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_tx (
  id TEXT PRIMARY KEY,
  statement_id TEXT NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  order_id TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type = 'ORDER' OR type = 'REFUND' OR type = 'ADJUSTMENT'),
  amount TEXT NOT NULL,
  idem_key INTEGER,  -- of the order, where it was settled in the run: once
  UNIQUE (order_id, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_tx_statement ON statement_tx (statement_id);

-- A statement with its entries as one row: what a move carries.
CREATE VIEW statement_row AS
SELECT s.id AS _key, s.shop_id AS shop, s.statement_time AS day,
  CAST(s.revenue AS INTEGER) AS revenue, CAST(s.fee AS INTEGER) AS fee,
  CAST(s.adjustment AS INTEGER) AS adjustment,
  CAST(s.settlement_amount AS INTEGER) AS settlement, s.payment_status AS status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (
     SELECT id, order_id, type, CAST(amount AS INTEGER) AS amount, idem_key
     FROM statement_tx t WHERE t.statement_id = s.id ORDER BY t.id)) AS entries
FROM statement s;

CREATE TABLE voucher (
  code TEXT PRIMARY KEY,
  funder TEXT NOT NULL CHECK (funder IN ('PLATFORM', 'SELLER')),
  amount TEXT NOT NULL,
  budget_left INTEGER NOT NULL CHECK (budget_left >= 0)  -- how many more may be claimed
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_claim (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL REFERENCES voucher (code) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  order_id TEXT,  -- that it was used for
  claimed INTEGER NOT NULL,
  idem_key INTEGER NOT NULL,
  UNIQUE (user_id, code)  -- one each
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_claim_code ON voucher_claim (code);
CREATE INDEX voucher_claim_witness ON voucher_claim (user_id || '/' || code);

CREATE TABLE affiliate_attr (
  order_line_id TEXT PRIMARY KEY,
  creator_id TEXT NOT NULL,
  live_id TEXT,
  commission_bps INTEGER NOT NULL CHECK (commission_bps BETWEEN 0 AND 10000)
) STRICT, WITHOUT ROWID;

CREATE TABLE merchants_request (
  idem_key INTEGER PRIMARY KEY,
  -- void: a claim that was taken back, or whose undo came first
  kind TEXT NOT NULL CHECK (kind = 'claim' OR kind = 'withdraw' OR kind = 'void'),
  answer TEXT  -- claim: the voucher's code; withdraw: what was paid out, rupiah
) STRICT;
