-- Rak: integer ids, money in hundredths of a rupiah, time as UTC text (NULL: not yet), one row a
-- title lent.
-- Rows that belong to Pustaka's readers have `home` 'source'; `ext_…` is what Pustaka calls the
-- thing.
CREATE TABLE title (
  title_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  writer TEXT NOT NULL,
  term INTEGER NOT NULL,
  fee INTEGER NOT NULL,
  owned INTEGER NOT NULL,
  free_copies INTEGER NOT NULL CHECK (free_copies >= 0)
);
CREATE INDEX title_by_term ON title (term, title_no);
CREATE TABLE title_hold (
  idem_key INTEGER PRIMARY KEY,
  lines TEXT NOT NULL,
  priced TEXT NOT NULL,
  held INTEGER NOT NULL CHECK (held IN (0, 1))
);
CREATE TABLE member (
  member_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT NOT NULL
);
CREATE TABLE desk (
  desk_no INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
-- Owner and item are a number of ours, or a text of Pustaka's.
CREATE TABLE basket (
  owner TEXT PRIMARY KEY,
  home TEXT NOT NULL CHECK (home IN ('source', 'target'))
);
CREATE TABLE basket_line (
  owner TEXT NOT NULL REFERENCES basket (owner),
  item NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (owner, item)
);
CREATE TABLE lending (
  lending_no INTEGER PRIMARY KEY,
  ext_loan_id TEXT UNIQUE,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  borrower NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (0, 10, 20, 30)),
  amount INTEGER NOT NULL,
  pickup TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  paid_at TEXT,
  idem_key INTEGER NOT NULL UNIQUE
);
CREATE INDEX lending_by_borrower ON lending (borrower);
CREATE INDEX lending_by_state ON lending (state, placed_at);
CREATE TABLE lending_line (
  lending_no INTEGER NOT NULL REFERENCES lending (lending_no),
  item NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (lending_no, item)
);
-- A loan in the words of who borrowed.
CREATE VIEW lending_seen AS
SELECT l.*, l.idem_key AS idem, l.borrower AS buyer, l.amount AS total,
       CASE l.state WHEN 10 THEN 'waiting' WHEN 20 THEN 'paid' WHEN 30 THEN 'lent'
                    ELSE 'cancelled' END AS status
FROM lending l;
CREATE TABLE lending_request (
  idem_key INTEGER PRIMARY KEY,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  undone INTEGER NOT NULL CHECK (undone IN (0, 1))
);
-- `ref` is what the cashier was told: a number of ours, or a text of Pustaka's.
CREATE TABLE charge (
  charge_no INTEGER PRIMARY KEY,
  ext_fee_id TEXT UNIQUE,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  ref NOT NULL,
  amount INTEGER NOT NULL,
  method TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state IN (1, 2, 3, 8, 9, 10)),
  idem_key INTEGER NOT NULL UNIQUE
);
CREATE INDEX charge_by_state ON charge (state, idem_key);
CREATE TABLE charge_loan (
  charge_no INTEGER PRIMARY KEY REFERENCES charge (charge_no),
  lending_no INTEGER,
  ext_loan_id TEXT
);
CREATE TABLE charge_request (
  idem_key INTEGER PRIMARY KEY,
  home TEXT NOT NULL CHECK (home IN ('source', 'target')),
  undone INTEGER NOT NULL CHECK (undone IN (0, 1))
);
