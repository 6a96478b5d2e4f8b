-- Each call that ran left a row; `n` is the order in which they did.
CREATE TABLE buyer (id TEXT PRIMARY KEY) STRICT;
CREATE TABLE stock_log (
  n INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  idem INTEGER NOT NULL,
  amount INTEGER
) STRICT;
CREATE INDEX stock_by_idem ON stock_log (idem, what);
CREATE INDEX stock_by_what ON stock_log (what, idem);
CREATE TABLE orders_log (
  n INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  idem INTEGER NOT NULL,
  amount INTEGER
) STRICT;
CREATE INDEX orders_by_idem ON orders_log (idem, what);
CREATE INDEX orders_by_what ON orders_log (what, idem);
CREATE TABLE money_log (
  n INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  idem INTEGER NOT NULL,
  amount INTEGER
) STRICT;
CREATE INDEX money_by_idem ON money_log (idem, what);
CREATE INDEX money_by_what ON money_log (what, idem);
