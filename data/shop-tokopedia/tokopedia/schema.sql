-- Tokopedia, the target.
-- Ids are INTEGER, money is INTEGER rupiah, time is TEXT: local time (WIB, UTC+7: local_text) to
-- the second with a Z stamped behind it ('2023-12-12T00:00:00Z' is midnight in Jakarta), unset =
-- NULL.
-- What came from, or is for, TikTok Shop's shoppers carries ext_platform = 'tiktok' and the TEXT
-- ids they know; Tokopedia's own rows have NULL there ('tokopedia' where it is part of a key).
-- What they are sold stands in tables of its own (ext_*).
-- Key maps (*_map) were filled when sellers, listings and buyers were linked, before the migration;
-- each moved service has its own.
-- Blocks of ids: below 1000000000 what is Tokopedia's own, up to 2999999999 what linking made
-- (products: from 3000000000), from 4000000000 on (new_id) what is placed here, :moved_in +
-- idem_key orders and payments that were moved in; addresses, sessions and claims that were moved
-- in bear their number from TikTok Shop, which is above all of these.
-- [I] additions: idem_key and *_request (idempotency), remorse_hold, is_held, stock_return,
-- session, ext_* columns.
-- Checks of rows that come one by one spell their alternatives with OR: an IN list of more than two
-- is built anew for every statement, and costs more than the rest of the row.

-- catalogue ---------------------------------------------------------------------------------------

CREATE TABLE shop (
  shop_id INTEGER PRIMARY KEY,
  owner_user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  domain TEXT NOT NULL UNIQUE,
  tts_seller_id TEXT UNIQUE,  -- seller_open_id of the linked TikTok seller
  merged_at TEXT,
  shipping_fee INTEGER NOT NULL DEFAULT 10000 CHECK (shipping_fee >= 0),  -- [I] flat, an order
  remorse_hold INTEGER NOT NULL DEFAULT 0 CHECK (remorse_hold IN (0, 1))
) STRICT;

CREATE TABLE product (  -- variants are child products; what a shopper buys (:item) has no children
  product_id INTEGER PRIMARY KEY,
  shop_id INTEGER NOT NULL REFERENCES shop (shop_id),
  parent_id INTEGER REFERENCES product (product_id),
  name TEXT NOT NULL,
  sku TEXT,
  price_idr INTEGER NOT NULL CHECK (price_idr > 0),
  weight_g INTEGER NOT NULL CHECK (weight_g > 0),
  status INTEGER NOT NULL DEFAULT 1 CHECK (status IN (0, 1)),  -- 0: linked, not on sale here yet
  category TEXT NOT NULL,
  keyword TEXT NOT NULL,
  has_variants INTEGER NOT NULL DEFAULT 0 CHECK (has_variants IN (0, 1)),
  main_stock INTEGER NOT NULL DEFAULT 0 CHECK (main_stock >= 0),  -- sum of its warehouse_stock
  reserve_stock INTEGER NOT NULL DEFAULT 0 CHECK (reserve_stock >= 0),
  -- [I] what lists show of a top-level product on sale: JSON {item, title, price} of its first
  -- variant
  card TEXT CHECK ((card IS NOT NULL) = (parent_id IS NULL AND status = 1))
) STRICT;
-- Wide enough that lists need not look at the product itself.
CREATE INDEX product_category ON product (category, product_id, card) WHERE card IS NOT NULL;
CREATE INDEX product_keyword ON product (keyword, product_id, card) WHERE card IS NOT NULL;

-- The stock of a seller who is on both platforms is counted on each of them separately in this
-- world.
CREATE TABLE warehouse_stock (
  product_id INTEGER NOT NULL REFERENCES product (product_id),
  warehouse_id INTEGER NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (product_id, warehouse_id)
) STRICT, WITHOUT ROWID;

-- What TikTok's shoppers are sold here, moved in: the terms of the linked shops, the linked
-- products, and the units that are theirs.
-- The numbers are those of the rows above, which say what Tokopedia's own shoppers see: a seller
-- who is on both platforms may offer the one what the other cannot get, at a price and from a stock
-- of its own.
CREATE TABLE ext_shop (
  shop_id INTEGER PRIMARY KEY,
  ext_shop_id TEXT NOT NULL UNIQUE,
  ext_seller TEXT NOT NULL,  -- seller_open_id there
  ext_region TEXT NOT NULL,
  name TEXT NOT NULL,
  shipping_fee INTEGER NOT NULL CHECK (shipping_fee >= 0),
  remorse_hold INTEGER NOT NULL CHECK (remorse_hold IN (0, 1))
) STRICT;

-- variants are child products, as above; TikTok's skus are what has no children
CREATE TABLE ext_product (
  product_id INTEGER PRIMARY KEY,
  shop_id INTEGER NOT NULL,
  parent_id INTEGER,
  name TEXT NOT NULL,
  sku TEXT,
  price_idr INTEGER CHECK (price_idr > 0 AND has_variants = 0 OR price_idr IS NULL
    AND has_variants = 1),
  status INTEGER NOT NULL CHECK (status IN (0, 1)),
  category TEXT NOT NULL,
  keyword TEXT NOT NULL,
  has_variants INTEGER NOT NULL CHECK (has_variants IN (0, 1)),
  ext_product_id TEXT NOT NULL,  -- a parent's and its variants'
  ext_sku TEXT UNIQUE CHECK ((ext_sku IS NULL) = (has_variants = 1)),
  ext_shop_id TEXT NOT NULL,
  -- what lists show of a top-level product, on sale or not
  card TEXT CHECK ((card IS NOT NULL) = (parent_id IS NULL))
) STRICT;
CREATE INDEX ext_product_ext ON ext_product (ext_product_id, ext_sku);
CREATE INDEX ext_product_category ON ext_product (category, status, ext_product_id, card)
  WHERE card IS NOT NULL;
CREATE INDEX ext_product_keyword ON ext_product (keyword, status, ext_product_id, card)
  WHERE card IS NOT NULL;

CREATE TABLE ext_stock (
  ext_sku TEXT NOT NULL,
  ext_warehouse TEXT NOT NULL,  -- TikTok's warehouses have no number here
  product_id INTEGER NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  reserve_stock INTEGER NOT NULL CHECK (reserve_stock >= 0),
  PRIMARY KEY (ext_sku, ext_warehouse)
) STRICT, WITHOUT ROWID;

-- Lines, picks and shop are in the shopper's own ids, so that a reservation can be undone wherever
-- the catalogue lives.
CREATE TABLE catalogue_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind IN ('reserve', 'released')),
  lines TEXT,     -- answer of reserve: JSON [{item, qty, price}]
  picks TEXT,     -- JSON [{item, qty, warehouse}]
  shop_id INTEGER,
  ext_shop_id TEXT,
  hold INTEGER,
  shipping INTEGER
) STRICT;

CREATE TABLE catalogue_shop_map (
  ext_shop TEXT PRIMARY KEY,
  shop_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_product_map (  -- products with several skus: parents here
  ext_product TEXT PRIMARY KEY,  -- product.id there
  product_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_item_map (
  ext_sku TEXT PRIMARY KEY,
  product_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- carts -------------------------------------------------------------------------------------------

-- Who shops on both platforms has two carts: they are linked, not fused.
CREATE TABLE cart (
  user_id INTEGER NOT NULL,
  ext_platform TEXT NOT NULL DEFAULT 'tokopedia' CHECK (ext_platform IN ('tiktok', 'tokopedia')),
  product_id INTEGER NOT NULL,
  shop_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
  added TEXT NOT NULL,
  idem_key INTEGER NOT NULL,  -- of the last visit that added to this line
  -- TikTok's ids, and its fields that have no column here, for the way back
  ext_buyer TEXT CHECK ((ext_buyer IS NOT NULL) = (ext_platform = 'tiktok')),
  ext_sku TEXT CHECK ((ext_sku IS NOT NULL) = (ext_platform = 'tiktok')),
  ext_shop TEXT,
  ext_live_id TEXT,
  ext_creator_id TEXT,
  PRIMARY KEY (user_id, ext_platform, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cart_newest ON cart (user_id, ext_platform, idem_key);
CREATE INDEX cart_ext ON cart (ext_buyer, ext_sku);
CREATE INDEX cart_witness ON cart (user_id || '/' || product_id) WHERE ext_platform = 'tokopedia';
CREATE INDEX cart_ext_witness ON cart (ext_buyer || '/' || ext_sku) WHERE ext_platform = 'tiktok';

CREATE TABLE carts_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind IN ('add', 'clear')),
  lines TEXT
) STRICT;

CREATE TABLE cart_buyer_map (
  ext_id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE cart_item_map (
  ext_sku TEXT PRIMARY KEY,
  product_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE cart_shop_map (
  ext_shop TEXT PRIMARY KEY,
  shop_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- orders ------------------------------------------------------------------------------------------

-- order_status: 100 created, 103 awaiting third party, 200 verifying; 220 paid, 221, 400 accepted;
-- 450 packed; 500, 501, 520, 530, 540 shipped; 600, 601 delivered; 700, 701 completed.
-- Cancelled: 0 by the seller, 3, 6 no stock, 5 fraud, 10 rejected or timed out, 15 by the buyer,
-- 550 returned.
-- What shoppers call each: order_seen.
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,  -- token of Tokopedia's own shoppers; TikTok's know ext_order_id
  payment_id INTEGER,            -- of older orders; newer ones are found through payment_order
  shop_id INTEGER NOT NULL,
  buyer_id INTEGER NOT NULL,
  invoice_url TEXT,
  order_status INTEGER NOT NULL CHECK (order_status = 700 OR order_status = 100
    OR order_status = 220
    OR order_status = 450 OR order_status = 500 OR order_status = 600 OR order_status = 103
      OR order_status = 200
    OR order_status = 221 OR order_status = 400 OR order_status = 501 OR order_status = 520
      OR order_status = 530
    OR order_status = 540 OR order_status = 601 OR order_status = 701 OR order_status = 0
      OR order_status = 3
    OR order_status = 5 OR order_status = 6 OR order_status = 10 OR order_status = 15
      OR order_status = 550),
  payment_method TEXT NOT NULL CHECK (payment_method = 'ewallet' OR payment_method = 'va'
    OR payment_method = 'card'
    OR payment_method = 'cod' OR payment_method = 'minimarket'),
  item_price INTEGER NOT NULL,  -- before vouchers
  shipping_price INTEGER NOT NULL,
  insurance INTEGER NOT NULL DEFAULT 0,
  voucher_amt INTEGER NOT NULL DEFAULT 0,
  open_amt INTEGER NOT NULL
    CHECK (open_amt = item_price + shipping_price + insurance - voucher_amt AND open_amt > 0),
  is_affiliate INTEGER NOT NULL DEFAULT 0 CHECK (is_affiliate IN (0, 1)),
  partial_process INTEGER NOT NULL DEFAULT 0 CHECK (partial_process IN (0, 1)),
  -- payment_time + accept_within; cash on delivery: create_time + accept_within
  accept_deadline TEXT,
  ship_deadline TEXT,    -- the same + ship_within
  create_time TEXT NOT NULL,
  payment_time TEXT,
  pack_time TEXT,
  ship_time TEXT,
  delivery_time TEXT,
  finish_time TEXT,
  cancel_time TEXT,
  update_time TEXT NOT NULL,  -- of the last change of status: every job's timer runs from it
  cancel_by TEXT CHECK (cancel_by = 'buyer' OR cancel_by = 'seller' OR cancel_by = 'system'),
  cancel_reason TEXT,
  is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held = 0 OR order_status = 220),
  remorse_hold INTEGER NOT NULL DEFAULT 0 CHECK (remorse_hold IN (0, 1)),
  -- cancelled, and not back yet: 1 its units, 2 its units and its money
  stock_return INTEGER NOT NULL DEFAULT 0 CHECK (stock_return BETWEEN 0 AND 2),
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  ext_order_id TEXT,
  -- TikTok's fields that have no column here, for the way back; its platform_discount is the rest
  -- of voucher_amt
  ext_order_type TEXT,
  ext_tag TEXT,
  ext_seller_discount INTEGER,
  idem_key INTEGER NOT NULL,  -- only orders_request keeps an order from being placed twice here
  -- INV/20231211/XXIII/XII/order_id: day, year and month of placing; unique as order_id is
  invoice_ref_num TEXT AS ('INV/' || replace(substr(create_time, 1, 10), '-', '') || '/'
    || substr('XXXXXXXXX', 1, substr(create_time, 3, 1) + 0)
    || trim(substr('    I   II  III IV  V   VI  VII VIIIIX  ', 1 + substr(create_time, 4, 1) * 4,
      4)) || '/'
    || trim(substr('I   II  III IV  V   VI  VII VIIIIX  X   XI  XII ',
      substr(create_time, 6, 2) * 4 - 3, 4))
    || '/' || order_id),
  UNIQUE (ext_order_id, ext_platform),
  CHECK ((ext_platform IS NULL) = (ext_order_id IS NULL))
) STRICT;
CREATE INDEX orders_idem ON orders (idem_key);
CREATE INDEX orders_of_buyer ON orders (buyer_id, ext_platform, idem_key);
CREATE INDEX orders_of_shop ON orders (shop_id, ext_platform, idem_key);
-- What jobs wait for; orders that are over are most, and nobody waits for them.
-- The + keeps the planner from searching the range where it could search the code.
CREATE INDEX orders_due ON orders (ext_platform, order_status, is_held, update_time, order_id)
  WHERE +order_status BETWEEN 100 AND 699;
CREATE INDEX orders_stock_return ON orders (ext_platform, stock_return, order_id)
  WHERE stock_return > 0;

CREATE TABLE order_detail (  -- one row a product (and unit price), with a quantity
  order_id INTEGER NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  n INTEGER NOT NULL,  -- the lines of TikTok's orders in the order of ext_sku and price
  product_id INTEGER NOT NULL,
  price INTEGER NOT NULL CHECK (price > 0),  -- of one unit, before vouchers
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  quantity_deliver INTEGER NOT NULL DEFAULT 0,
  quantity_reject INTEGER NOT NULL DEFAULT 0,
  weight_kg TEXT,  -- decimal text, as the API has it; NULL: not known here
  ext_sku TEXT,  -- what TikTok's shopper ordered
  -- TikTok's unit lines behind this row, by id: JSON [[id, seller_discount, platform_discount,
  -- package_id]]
  ext_lines TEXT,
  PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_history (  -- two rows may bear the same time: order by seq
  order_id INTEGER NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  code INTEGER NOT NULL,
  action_by TEXT NOT NULL CHECK (action_by = 'system' OR action_by = 'seller'
    OR action_by = 'buyer' OR action_by = 'courier'),
  comment TEXT NOT NULL DEFAULT '',
  ts TEXT NOT NULL,
  PRIMARY KEY (order_id, seq)
) STRICT, WITHOUT ROWID;

-- one airway bill an order; a combined TikTok package gives the same awb to several
CREATE TABLE shipment (
  order_id INTEGER NOT NULL REFERENCES orders (order_id) ON DELETE CASCADE,
  n INTEGER NOT NULL DEFAULT 1,  -- TikTok's packages in the order of their ids
  sp_id INTEGER NOT NULL,
  awb TEXT NOT NULL,  -- the courier's reference (slot `parcel`)
  ext_package_id TEXT,
  ext_provider_id TEXT,
  PRIMARY KEY (order_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind IN ('place', 'void')),
  answer TEXT  -- place: the token, as text
) STRICT;

CREATE TABLE order_buyer_map (
  ext_id TEXT PRIMARY KEY,  -- buyer.user_id there
  user_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE order_item_map (
  ext_sku TEXT PRIMARY KEY,  -- sku.id there
  product_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE order_shop_map (
  ext_shop TEXT PRIMARY KEY,  -- shop.id there
  shop_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- An order by the words and ids of who placed it: TikTok's shoppers know their own.
CREATE VIEW order_seen AS
SELECT o.*, o.idem_key AS idem, o.open_amt AS total,
  iif(o.ext_platform IS NULL, o.order_id, o.ext_order_id) AS token,
  iif(o.ext_platform IS NULL, o.buyer_id,
    (SELECT ext_id FROM order_buyer_map m WHERE m.user_id = o.buyer_id)) AS buyer,
  iif(o.ext_platform IS NULL, o.shop_id,
    (SELECT ext_shop FROM order_shop_map m WHERE m.shop_id = o.shop_id)) AS shop,
  CASE
    WHEN o.is_held = 1 THEN 'on_hold'
    WHEN o.order_status BETWEEN 100 AND 200 THEN 'unpaid'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'paid'
    WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped'
    WHEN o.order_status BETWEEN 600 AND 601 THEN 'delivered'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'completed'
    ELSE 'cancelled' END AS status,
  (SELECT coalesce(max(seq), 0) + 1 FROM order_history h WHERE h.order_id = o.order_id) AS next_seq
FROM orders o;

-- An order of TikTok's shoppers in TikTok's terms, as one row but for its lines: what a move
-- carries.
CREATE VIEW order_row AS
SELECT o.ext_order_id AS _key, o.ext_platform, o.order_id, o.idem_key AS idem,
  (SELECT ext_shop FROM order_shop_map m WHERE m.shop_id = o.shop_id) AS shop,
  (SELECT ext_id FROM order_buyer_map m WHERE m.user_id = o.buyer_id) AS buyer,
  CASE
    WHEN o.is_held = 1 THEN 'ON_HOLD'
    WHEN o.order_status BETWEEN 100 AND 200 THEN 'UNPAID'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'AWAITING_SHIPMENT'
    WHEN o.order_status = 450 AND o.partial_process = 1 THEN 'PARTIALLY_SHIPPING'
    WHEN o.order_status = 450 THEN 'AWAITING_COLLECTION'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'IN_TRANSIT'
    WHEN o.order_status BETWEEN 600 AND 601 THEN 'DELIVERED'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'COMPLETED'
    ELSE 'CANCELLED' END AS status,
  coalesce(o.ext_order_type, 'NORMAL') AS order_type, o.payment_method AS method,
  o.ext_tag AS tag, o.item_price AS sub_total, o.shipping_price AS shipping,
  coalesce(o.ext_seller_discount, 0) AS seller_discount,
  o.voucher_amt - coalesce(o.ext_seller_discount, 0) AS platform_discount, o.open_amt AS total,
  local_seconds(o.create_time) AS create_time,
  coalesce(local_seconds(o.payment_time), 0) AS paid_time,
  coalesce(local_seconds(o.pack_time), 0) AS rts_time,
  coalesce(local_seconds(o.ship_time), 0) AS collection_time,
  coalesce(local_seconds(o.delivery_time), 0) AS delivery_time,
  coalesce(local_seconds(o.finish_time), 0) AS complete_time,
  coalesce(local_seconds(o.cancel_time), 0) AS cancel_time,
  local_seconds(o.update_time) AS update_time,
  upper(o.cancel_by) AS cancel_initiator, o.cancel_reason, o.remorse_hold AS remorse,
  o.stock_return,
  (SELECT json_group_array(json_array(ext_package_id, awb, ext_provider_id))
   FROM (
     SELECT ext_package_id, awb, ext_provider_id
     FROM shipment s WHERE s.order_id = o.order_id ORDER BY n)) AS packages,
  CASE WHEN o.order_status < 100 OR o.order_status = 550 THEN json_array(
    CASE o.order_status WHEN 15 THEN 'BUYER' WHEN 10 THEN 'SYSTEM' ELSE 'SELLER' END,
    o.cancel_reason, local_seconds(o.cancel_time)) END AS cancellation
FROM orders o;

-- payments ----------------------------------------------------------------------------------------

-- status_id and the canonical name: 1 pending, 2 captured, 3 void, 4 refunded, 5 cod [I: the
-- numbers]
CREATE TABLE payment (
  payment_id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  -- 1 ewallet, 2 va, 3 card, 4 cod, 5 minimarket (accounts: payment_method)
  gateway_id INTEGER NOT NULL,
  -- what the gateway knows it by: payment_token.
  -- Own: payment_ref_num
  gateway_ref TEXT NOT NULL UNIQUE,
  amount INTEGER NOT NULL CHECK (amount > 0),
  discount_amt INTEGER NOT NULL DEFAULT 0,
  voucher_code TEXT,
  status_id INTEGER NOT NULL CHECK (status_id BETWEEN 1 AND 5),
  create_time TEXT NOT NULL,
  payment_date TEXT,  -- captured
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  ext_payment_id TEXT,
  ext_buyer TEXT,  -- who paid, at TikTok Shop
  idem_key INTEGER NOT NULL UNIQUE,
  -- PYM/20231211/XXIII/XII/payment_id; unique as payment_id is
  payment_ref_num TEXT AS ('PYM/' || replace(substr(create_time, 1, 10), '-', '') || '/'
    || substr('XXXXXXXXX', 1, substr(create_time, 3, 1) + 0)
    || trim(substr('    I   II  III IV  V   VI  VII VIIIIX  ', 1 + substr(create_time, 4, 1) * 4,
      4)) || '/'
    || trim(substr('I   II  III IV  V   VI  VII VIIIIX  X   XI  XII ',
      substr(create_time, 6, 2) * 4 - 3, 4))
    || '/' || payment_id),
  UNIQUE (ext_payment_id, ext_platform),
  CHECK ((ext_platform IS NULL) = (ext_payment_id IS NULL))
) STRICT;

-- what was paid, wherever that order lives: own orders have ext_platform 'tokopedia'
CREATE TABLE payment_order (
  payment_id INTEGER NOT NULL REFERENCES payment (payment_id) ON DELETE CASCADE,
  ext_platform TEXT NOT NULL CHECK (ext_platform IN ('tiktok', 'tokopedia')),
  ext_order_id TEXT NOT NULL,
  PRIMARY KEY (payment_id, ext_platform, ext_order_id)
) STRICT, WITHOUT ROWID;

-- A complaint, its refund, or both.
-- TikTok's refund and return_request: ext_refund_id, ext_return_id. state: 0 open, 1 approved, 2
-- rejected, 3 complete; a refund without a return is complete at once.
CREATE TABLE resolution (
  id INTEGER PRIMARY KEY,
  payment_id INTEGER NOT NULL REFERENCES payment (payment_id) ON DELETE CASCADE,
  order_id TEXT NOT NULL,  -- the token, as text
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  -- cancelled: no return
  kind TEXT NOT NULL CHECK (kind = 'cancelled' OR kind = 'refund' OR kind = 'return_and_refund'),
  amount INTEGER NOT NULL,
  refund_state TEXT CHECK (refund_state IN ('SUCCESS', 'FAILED')),
  ext_refund_id TEXT UNIQUE,
  ext_return_id TEXT UNIQUE
) STRICT;
-- Both in the order in which moves tell them: nearly every payment has none, and sorting nothing
-- costs too.
CREATE INDEX resolution_return ON resolution (payment_id, ext_return_id);
CREATE INDEX resolution_refund ON resolution (payment_id, ext_refund_id);

CREATE TABLE payments_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind IN ('start', 'void')),
  answer TEXT  -- start: gateway_ref
) STRICT;

CREATE TABLE payment_buyer_map (
  ext_id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- A payment in the words of its shopper, with the token of the order that it is for.
CREATE VIEW payment_seen AS
SELECT p.*, p.idem_key AS idem, p.gateway_ref AS payment_token, p.amount * 100 AS pay_amount,
  CASE p.status_id
    WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status,
  (SELECT ext_order_id FROM payment_order o
   WHERE o.payment_id = p.payment_id ORDER BY ext_order_id LIMIT 1) AS order_token
FROM payment p;

-- A payment of TikTok's shoppers in TikTok's terms, as one row: what a move carries.
CREATE VIEW payment_row AS
SELECT p.ext_payment_id AS _key, p.ext_platform, p.user_id, p.idem_key AS idem,
  (SELECT max(o.ext_order_id) FROM payment_order o
   WHERE o.payment_id = p.payment_id AND o.ext_platform = 'tiktok') AS order_id,
  p.ext_buyer, p.gateway_ref AS ref,
  CASE p.gateway_id
    WHEN 1 THEN 'ewallet' WHEN 2 THEN 'va' WHEN 3 THEN 'card' WHEN 4 THEN 'cod'
    WHEN 5 THEN 'minimarket' END AS method,
  p.amount,
  CASE p.status_id
    WHEN 1 THEN 'PENDING' WHEN 2 THEN 'PAID' WHEN 3 THEN 'VOID' WHEN 4 THEN 'REFUNDED'
    WHEN 5 THEN 'COD' END AS status,
  local_seconds(p.create_time) AS time,
  coalesce(local_seconds(p.payment_date), 0) AS paid_time,
  (SELECT json_group_array(json_array(id, type, status, amount))
   FROM (
     SELECT ext_return_id AS id, upper(kind) AS type, amount,
       CASE state
         WHEN 0 THEN 'PENDING' WHEN 1 THEN 'APPROVED' WHEN 2 THEN 'REJECTED'
         ELSE 'COMPLETE' END AS status
     FROM resolution r WHERE r.payment_id = p.payment_id AND ext_return_id IS NOT NULL
     ORDER BY ext_return_id)) AS returns,
  (SELECT json_group_array(json_array(id, return_id, status, amount))
   FROM (
     SELECT ext_refund_id AS id, ext_return_id AS return_id, refund_state AS status, amount
     FROM resolution r WHERE r.payment_id = p.payment_id AND ext_refund_id IS NOT NULL
     ORDER BY ext_refund_id)) AS refunds
FROM payment p;

-- accounts ----------------------------------------------------------------------------------------

CREATE TABLE user (
  user_id INTEGER PRIMARY KEY,
  fullname TEXT NOT NULL,
  email TEXT UNIQUE,
  phone TEXT UNIQUE
) STRICT;

CREATE TABLE account_link (
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  ext_platform TEXT NOT NULL CHECK (ext_platform = 'tiktok'),
  ext_id TEXT NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('phone', 'email', 'created')),
  confirmed_at TEXT,
  PRIMARY KEY (ext_platform, ext_id),
  UNIQUE (user_id, ext_platform)
) STRICT, WITHOUT ROWID;

-- Who a linked user is at TikTok Shop: beside the user, not in its place.
-- Name, mail and phone there may be spelled otherwise, shared, or by now somebody else's here.
-- Whoever has no row has not moved yet.
CREATE TABLE tiktok_profile (
  ext_id TEXT PRIMARY KEY,  -- buyer.user_id there
  user_id INTEGER NOT NULL UNIQUE REFERENCES user (user_id),
  tiktok_uid TEXT NOT NULL UNIQUE,
  email_masked TEXT NOT NULL,
  phone TEXT NOT NULL,
  name TEXT NOT NULL,
  personalise INTEGER NOT NULL CHECK (personalise IN (0, 1))
) STRICT, WITHOUT ROWID;

-- Who is logged in.
-- No request of this world bears a token: a session is known by whose it is, and somebody who shops
-- on both platforms has two.
-- TikTok's people are here once theirs have moved.
CREATE TABLE session (
  session_id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  login_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,  -- when she was last seen to write
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  ext_session_id TEXT,
  ext_buyer TEXT UNIQUE,
  CHECK ((ext_platform IS NULL) = (ext_buyer IS NULL)),
  CHECK ((ext_platform IS NULL) = (ext_session_id IS NULL))
) STRICT;
CREATE INDEX session_user ON session (user_id, ext_platform);

CREATE VIEW logged_in AS
SELECT user_id FROM user JOIN session USING (user_id) WHERE ext_platform IS NULL;
CREATE VIEW logged_in_from_tiktok AS
SELECT ext_id FROM tiktok_profile JOIN session ON ext_buyer = ext_id;

CREATE TABLE address (
  address_id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  receiver TEXT NOT NULL,
  phone TEXT NOT NULL,
  street TEXT NOT NULL,
  -- 0, as city and province: spelled in a way that nobody has matched yet
  district_id INTEGER NOT NULL,
  city_id INTEGER NOT NULL,
  province_id INTEGER NOT NULL,
  postal TEXT NOT NULL DEFAULT '',
  geo TEXT NOT NULL DEFAULT '',
  -- Of TikTok's people, whose addresses only they see; what has no column here, for the way back.
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  ext_address_id TEXT UNIQUE,
  ext_buyer TEXT,
  ext_region TEXT,
  ext_district TEXT,  -- the district as it was spelled
  ext_line2 TEXT,
  ext_line3 TEXT,
  ext_line4 TEXT,
  -- of the visit that added it; only accounts_request keeps it from being added twice
  idem_key INTEGER,
  CHECK ((ext_platform IS NULL) = (ext_address_id IS NULL))
) STRICT;
CREATE INDEX address_user ON address (user_id, ext_platform, ext_address_id);
CREATE INDEX address_witness ON address (coalesce(ext_buyer, user_id) || '/' || idem_key)
  WHERE idem_key > 0;

CREATE TABLE accounts_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind IN ('add', 'void')),
  answer TEXT  -- add: the address's id, TikTok's or ours, as text
) STRICT;

CREATE TABLE district_map (  -- spellings that were matched before the migration
  ext_text TEXT PRIMARY KEY,  -- address.district_json there
  district_id INTEGER NOT NULL,
  city_id INTEGER NOT NULL,
  province_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE wallet_link (
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  wallet TEXT NOT NULL CHECK (wallet IN ('gopay', 'ovo', 'dana')),
  linked_at TEXT NOT NULL,
  PRIMARY KEY (user_id, wallet)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_method (
  gateway_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE CHECK (code IN ('ewallet', 'va', 'card', 'cod', 'minimarket')),
  name TEXT NOT NULL
) STRICT;

-- merchants ---------------------------------------------------------------------------------------

-- A day of a TikTok seller's, cut at 00:00 UTC = 07:00 here.
-- What she earned stands in the saldo, entry by entry; the saldo of a shop of our own knows no
-- days.
-- She is paid out by settlements, which are then in state 2; withdrawals as entries of the saldo
-- are our own shops'.
CREATE TABLE settlement (
  ext_statement_id TEXT PRIMARY KEY,
  shop_id INTEGER NOT NULL,
  day_from TEXT NOT NULL CHECK (day_from LIKE '%T07:00:00Z'),
  revenue INTEGER NOT NULL,
  fee INTEGER NOT NULL DEFAULT 0,
  adjustment INTEGER NOT NULL DEFAULT 0,
  amount INTEGER NOT NULL,
  -- 1 in process, 2 paid out, 3 failed
  state INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 3),
  UNIQUE (shop_id, day_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE saldo_ledger (
  seq INTEGER PRIMARY KEY,
  shop_id INTEGER NOT NULL,
  -- 1 sale, 2 refund, 3 withdrawal, 4 adjustment
  type INTEGER NOT NULL CHECK (type BETWEEN 1 AND 4),
  amount INTEGER NOT NULL,
  ts TEXT NOT NULL,  -- of an entry that was moved in: when its settlement's day began
  -- 'sale/', 'refund/' or 'adjustment/' and the order's token, 'withdrawal/' and the key it was
  -- asked for with
  ref TEXT NOT NULL UNIQUE,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  ext_statement_id TEXT REFERENCES settlement (ext_statement_id) ON DELETE CASCADE,
  ext_tx_id TEXT,
  idem_key INTEGER,  -- of the order, where it was settled in the run
  CHECK ((ext_platform IS NULL) = (ext_statement_id IS NULL))
) STRICT;
CREATE INDEX saldo_ledger_shop ON saldo_ledger (shop_id, ext_platform, ts);
CREATE INDEX saldo_ledger_settlement ON saldo_ledger (ext_statement_id, ext_tx_id);

-- A settlement in TikTok's terms, as one row but for its entries: what a move carries.
CREATE VIEW statement_row AS
SELECT s.ext_statement_id AS _key, s.shop_id,
  (SELECT ext_shop FROM merchant_shop_map m WHERE m.shop_id = s.shop_id) AS shop,
  local_seconds(s.day_from) AS day, s.revenue, s.fee, s.adjustment, s.amount AS settlement,
  CASE s.state WHEN 1 THEN 'PROCESSING' WHEN 2 THEN 'PAID' ELSE 'FAILED' END AS status
FROM settlement s;

-- An entry of the saldo in TikTok's terms.
CREATE VIEW statement_entry AS
SELECT ext_statement_id, shop_id, ext_tx_id AS id, substr(ref, instr(ref, '/') + 1) AS order_id,
  CASE type WHEN 1 THEN 'ORDER' WHEN 2 THEN 'REFUND' ELSE 'ADJUSTMENT' END AS type, amount,
  idem_key
FROM saldo_ledger;

-- The same code may be a voucher of either platform: two campaigns with two budgets.
CREATE TABLE voucher (
  code TEXT NOT NULL,
  ext_platform TEXT NOT NULL DEFAULT 'tokopedia' CHECK (ext_platform IN ('tiktok', 'tokopedia')),
  funder TEXT NOT NULL CHECK (funder IN ('platform', 'seller')),
  amount INTEGER NOT NULL,
  budget_left INTEGER NOT NULL CHECK (budget_left >= 0),  -- how many more may be claimed
  PRIMARY KEY (code, ext_platform)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_claim (
  claim_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  ext_platform TEXT NOT NULL DEFAULT 'tokopedia' CHECK (ext_platform IN ('tiktok', 'tokopedia')),
  buyer TEXT NOT NULL,  -- by the id that she has on the voucher's platform, as text
  order_id TEXT,        -- that it was used for: its token, as text
  claimed TEXT NOT NULL,
  ext_claim_id TEXT UNIQUE,
  idem_key INTEGER NOT NULL,
  UNIQUE (buyer, ext_platform, code),  -- one each
  CHECK ((ext_platform = 'tiktok') = (ext_claim_id IS NOT NULL)),
  FOREIGN KEY (code, ext_platform) REFERENCES voucher (code, ext_platform) ON DELETE CASCADE
) STRICT;
CREATE INDEX voucher_claim_code ON voucher_claim (code, ext_platform);
CREATE INDEX voucher_claim_witness ON voucher_claim (buyer || '/' || code);

CREATE TABLE merchants_request (
  idem_key INTEGER PRIMARY KEY,
  ext_platform TEXT CHECK (ext_platform = 'tiktok'),
  kind TEXT NOT NULL CHECK (kind = 'claim' OR kind = 'withdraw' OR kind = 'void'),
  answer TEXT  -- claim: the voucher's code; withdraw: what was paid out, rupiah, as text
) STRICT;

-- who brought a line of a TikTok order, wherever that order lives
CREATE TABLE affiliate_commission (
  ext_line_id TEXT PRIMARY KEY,
  creator_id TEXT NOT NULL,
  live_id TEXT,
  commission_bps INTEGER NOT NULL CHECK (commission_bps BETWEEN 0 AND 10000)
) STRICT, WITHOUT ROWID;

CREATE TABLE merchant_shop_map (
  ext_shop TEXT PRIMARY KEY,  -- shop.id there
  shop_id INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
