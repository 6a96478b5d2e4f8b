-- Lendings of Pustaka's readers: those that came from there and those made for them since.
-- move: loans
-- root: lending(lending_no)
-- child: lending_line(lending_no)
-- drops: ext_loan_id, what was lent here is numbered there when it goes back
-- drops: loan_item.book_id, the copies of a loan come back in the order of their books
-- extract:
SELECT l.lending_no AS _key, l.ext_loan_id, l.borrower, l.state, l.amount, l.pickup,
       time_seconds(l.placed_at) AS placed,
       coalesce(time_seconds(l.paid_at), 0) AS paid, l.idem_key,
       (SELECT json_group_array(json_object('item', item, 'qty', quantity))
        FROM (SELECT item, quantity FROM lending_line WHERE lending_no = l.lending_no
          ORDER BY item))
         AS lines
FROM lending l WHERE l.lending_no BETWEEN :from AND :to AND l.home = 'source' ORDER BY l.lending_no;
-- load:
INSERT INTO loan (id, reader_id, crate_id, status, total, create_time, paid_time, idem_key, rak_no)
VALUES (coalesce(:ext_loan_id, snowflake(:idem_key, :placed * 1000000)), :borrower,
        (SELECT id FROM crate WHERE mark = :pickup),
        CASE :state WHEN 10 THEN 'WAITING' WHEN 20 THEN 'PAID' WHEN 30 THEN 'LENT'
          ELSE 'CANCELLED' END,
        printf('%d.%02d', :amount / 100, :amount % 100), :placed, :paid, :idem_key, :_key)
ON CONFLICT DO UPDATE SET reader_id = excluded.reader_id, crate_id = excluded.crate_id,
  status = excluded.status, total = excluded.total, create_time = excluded.create_time,
  paid_time = excluded.paid_time, rak_no = excluded.rak_no;
DELETE FROM loan_item WHERE loan_id = (SELECT id FROM loan WHERE idem_key = :idem_key);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO loan_item (loan_id, seq, book_id)
SELECT (SELECT id FROM loan WHERE idem_key = :idem_key), row_number() OVER (ORDER BY p.key, n.i),
       json_extract(p.value, '$.item')
FROM json_each(:lines) AS p JOIN n ON n.i <= json_extract(p.value, '$.qty');
-- delete:
DELETE FROM loan_item WHERE loan_id = (SELECT id FROM loan WHERE rak_no = :_key);
DELETE FROM loan WHERE rak_no = :_key;
-- check:
SELECT :_key AS _key, l.reader_id AS borrower,
       CASE l.status WHEN 'WAITING' THEN 10 WHEN 'PAID' THEN 20 WHEN 'LENT' THEN 30
         ELSE 0 END AS state,
       minor(l.total) AS amount, (SELECT mark FROM crate WHERE id = l.crate_id) AS pickup,
       l.create_time AS placed, l.paid_time AS paid, l.idem_key,
       (SELECT json_group_array(json_object('item', book_id, 'qty', n))
        FROM (SELECT book_id, count(*) AS n FROM loan_item WHERE loan_id = l.id
              GROUP BY book_id ORDER BY book_id)) AS lines
FROM loan l WHERE l.rak_no = :_key;
-- present:
SELECT rak_no AS _key FROM loan WHERE rak_no BETWEEN :from AND :to ORDER BY rak_no;
