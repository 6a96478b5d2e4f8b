-- Pustaka: text ids, money as decimal text in rupiah, time in epoch seconds (0: not yet), one row a
-- copy lent.
-- `rak_no` is the number of the same thing on Rak, once it came back from there.
CREATE TABLE book (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  term INTEGER NOT NULL,
  fee TEXT NOT NULL
);
CREATE INDEX book_by_term ON book (term, id);
CREATE TABLE copies (
  book_id TEXT PRIMARY KEY REFERENCES book (id),
  owned INTEGER NOT NULL,
  available INTEGER NOT NULL CHECK (available >= 0)
);
CREATE TABLE hold (
  idem_key INTEGER PRIMARY KEY,
  lines TEXT NOT NULL,
  priced TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('HELD', 'RELEASED'))
);
CREATE TABLE reader (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT NOT NULL
);
CREATE TABLE branch (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL
);
CREATE TABLE shelf_item (
  reader_id TEXT NOT NULL,
  book_id TEXT NOT NULL,
  added INTEGER NOT NULL,
  PRIMARY KEY (reader_id, book_id)
);
CREATE TABLE crate (
  id TEXT PRIMARY KEY,
  mark TEXT NOT NULL UNIQUE
);
CREATE TABLE loan (
  id TEXT PRIMARY KEY,
  reader_id TEXT NOT NULL,
  crate_id TEXT NOT NULL REFERENCES crate (id),
  status TEXT NOT NULL CHECK (status IN ('WAITING', 'PAID', 'LENT', 'CANCELLED')),
  total TEXT NOT NULL,
  create_time INTEGER NOT NULL,
  paid_time INTEGER NOT NULL DEFAULT 0,
  idem_key INTEGER NOT NULL UNIQUE,
  rak_no INTEGER UNIQUE
);
CREATE INDEX loan_by_reader ON loan (reader_id);
CREATE INDEX loan_by_status ON loan (status, create_time);
CREATE INDEX loan_by_crate ON loan (crate_id);
CREATE TABLE loan_item (
  loan_id TEXT NOT NULL REFERENCES loan (id),
  seq INTEGER NOT NULL,
  book_id TEXT NOT NULL,
  PRIMARY KEY (loan_id, seq)
);
CREATE TABLE loan_request (
  idem_key INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('PLACED', 'UNDONE'))
);
-- `ref` is what the cashier was told: a text of ours, or a number of Rak's.
CREATE TABLE fee (
  id TEXT PRIMARY KEY,
  loan_id TEXT,
  rak_loan_no INTEGER,
  ref NOT NULL,
  amount TEXT NOT NULL,
  method TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('OPEN', 'PAID', 'WAIVED', 'VOID', 'TO_REFUND', 'REFUNDED')),
  idem_key INTEGER NOT NULL UNIQUE,
  rak_no INTEGER UNIQUE
);
CREATE INDEX fee_by_status ON fee (status, idem_key);
CREATE TABLE fee_request (
  idem_key INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('STARTED', 'UNDONE'))
);
