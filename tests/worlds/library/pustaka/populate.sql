-- Readers, books with their copies, and past loans with their fees.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :readers)
INSERT INTO reader (id, name, phone)
SELECT snowflake(i, now() - (:readers - i + 1) * 3600000000), 'Reader ' || i,
       '08' || printf('%08d', pick('reader phone', i, 100000000))
FROM n;
INSERT INTO branch (id, name) VALUES ('b1', 'Central'), ('b2', 'Harbour'), ('b3', 'Hill');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :books)
INSERT INTO book (id, title, author, term, fee)
SELECT snowflake(i, now() - (:books - i + 1) * 7200000000), 'Book ' || i,
       'Author ' || (1 + pick('book author', i, 40)), pick('book term', i, 20),
       printf('%d.%02d', 1000 + 500 * pick('book fee', i, 9), 50 * pick('book cents', i, 2))
FROM n;
INSERT INTO copies (book_id, owned, available)
SELECT b.id, 3 + pick('copies', b.rowid, 40), 3 + pick('copies', b.rowid, 40) FROM book b;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO crate (id, mark) SELECT printf('c%02d', i), 'Crate ' || i FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :past_loans),
  past AS (
    SELECT i, pick('loan kind', i, 40) AS kind, pick('loan age', i, 2500000) AS age,
           1 + pick('loan reader', i, :readers) AS reader
    FROM n)
INSERT INTO loan (id, reader_id, crate_id, status, total, create_time, paid_time, idem_key)
SELECT snowflake(-p.i, now() - p.age * 1000000), r.id,
       printf('c%02d', 1 + pick('crate', -p.i, 12)),
       CASE WHEN p.kind < 4 THEN 'CANCELLED' WHEN p.kind < 6 THEN 'PAID'
         WHEN p.kind = 6 THEN 'WAITING'
            ELSE 'LENT' END,
       '0.00', now() / 1000000 - p.age,
       iif(p.kind > 3 AND p.kind <> 6, now() / 1000000 - p.age + 60, 0),
       -p.i
FROM past p JOIN reader r ON r.rowid = p.reader;
-- One to three books each; of the first one two copies now and then.
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3)
INSERT INTO loan_item (loan_id, seq, book_id)
SELECT l.id, n.i + 1, b.id
FROM loan l JOIN n ON n.i = 0 OR n.i <= pick('loan size', l.idem_key, 4)
JOIN book b ON b.rowid = 1 + (zipf('loan book', l.idem_key, :books) + (n.i / 2) * 7) % :books
ORDER BY l.id, n.i;
UPDATE loan SET total = (
  SELECT printf('%d.%02d', sum(minor(b.fee)) / 100, sum(minor(b.fee)) % 100)
  FROM loan_item i JOIN book b ON b.id = i.book_id WHERE i.loan_id = loan.id);
INSERT INTO loan_request (idem_key, state) SELECT idem_key, 'PLACED' FROM loan ORDER BY idem_key;
INSERT INTO fee (id, loan_id, ref, amount, method, status, idem_key)
SELECT snowflake(l.idem_key, l.create_time * 1000000), l.id,
       snowflake(l.idem_key, l.create_time * 1000000), l.total,
       iif(pick('fee method', l.idem_key, 10) < 6, 'coin', 'transfer'),
       CASE l.status WHEN 'CANCELLED' THEN 'VOID' WHEN 'WAITING' THEN 'OPEN' ELSE 'PAID' END,
       l.idem_key
FROM loan l ORDER BY l.idem_key;
INSERT INTO fee_request (idem_key, state) SELECT idem_key, 'STARTED' FROM fee ORDER BY idem_key;
-- One reader in five left something on her shelf.
INSERT INTO shelf_item (reader_id, book_id, added)
SELECT r.id, b.id, now() / 1000000 - pick('shelf age', r.rowid, 900000)
FROM reader r JOIN book b ON b.rowid = 1 + zipf('shelf book', r.rowid, :books)
WHERE pick('shelf', r.rowid, 5) = 0
ORDER BY r.id;
