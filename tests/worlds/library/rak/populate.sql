-- Rak is alive already: its own members, titles and lendings, a third of Pustaka's.
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1 + :readers / 3)
INSERT INTO member (member_no, name, phone)
SELECT i, 'Member ' || i, '+628' || printf('%08d', pick('member phone', i, 100000000)) FROM n;
INSERT INTO desk (desk_no, name) VALUES (1, 'Main desk'), (2, 'Children');
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1 + :books / 3)
INSERT INTO title (title_no, name, writer, term, fee, owned, free_copies)
SELECT i, 'Title ' || i, 'Writer ' || (1 + pick('title writer', i, 30)), pick('title term', i, 20),
       100000 + 5000 * pick('title fee', i, 40), 2 + pick('title copies', i, 20),
       2 + pick('title copies', i, 20)
FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1 + :past_loans / 3)
INSERT INTO lending (lending_no, home, borrower, state, amount, pickup, placed_at, paid_at,
  idem_key)
SELECT n.i, 'target', 1 + pick('lending member', n.i, 1 + :readers / 3), 30, t.fee,
       'Crate ' || (1 + pick('crate', -1000000 - n.i, 12)),
       time_text(now() / 1000000 - 86400 - n.i * 60),
       time_text(now() / 1000000 - 86000 - n.i * 60), -1000000 - n.i
FROM n JOIN title t ON t.title_no = 1 + zipf('lending title', n.i, 1 + :books / 3);
INSERT INTO lending_line (lending_no, item, quantity)
SELECT lending_no, 1 + zipf('lending title', lending_no, 1 + :books / 3), 1 FROM lending
ORDER BY lending_no;
INSERT INTO lending_request (idem_key, home, undone)
SELECT idem_key, home, 0 FROM lending ORDER BY idem_key;
INSERT INTO charge (charge_no, home, ref, amount, method, state, idem_key)
SELECT lending_no, home, lending_no, amount, 'coin', 2, idem_key FROM lending ORDER BY lending_no;
INSERT INTO charge_loan (charge_no, lending_no) SELECT lending_no, lending_no FROM lending
ORDER BY lending_no;
INSERT INTO charge_request (idem_key, home, undone)
SELECT idem_key, home, 0 FROM charge ORDER BY idem_key;
