-- Loans with their books: one row a copy becomes one row a title with a quantity.
-- move: loans
-- root: loan(id)
-- child: loan_item(loan_id)
-- via: crate SELECT id FROM loan WHERE crate_id = :key
-- drops: loan.rak_no, is how Pustaka calls what has come back
-- extract:
SELECT l.id AS _key, l.reader_id, l.status, minor(l.total) AS total, l.create_time, l.paid_time,
       l.idem_key, (SELECT mark FROM crate WHERE id = l.crate_id) AS pickup,
       (SELECT json_group_array(json_object('item', book_id, 'qty', n))
        FROM (SELECT book_id, count(*) AS n FROM loan_item WHERE loan_id = l.id
              GROUP BY book_id ORDER BY book_id)) AS lines
FROM loan l WHERE l.id BETWEEN :from AND :to ORDER BY l.id;
-- load:
INSERT INTO lending (lending_no, ext_loan_id, home, borrower, state, amount, pickup, placed_at,
                     paid_at, idem_key)
VALUES (new_id(:idem_key), :_key, 'source', :reader_id,
        CASE :status WHEN 'WAITING' THEN 10 WHEN 'PAID' THEN 20 WHEN 'LENT' THEN 30 ELSE 0 END,
        :total, :pickup, time_text(:create_time),
        iif(:paid_time = 0, NULL, time_text(:paid_time)), :idem_key)
ON CONFLICT DO UPDATE SET ext_loan_id = excluded.ext_loan_id, borrower = excluded.borrower,
  state = excluded.state, amount = excluded.amount, pickup = excluded.pickup,
  placed_at = excluded.placed_at, paid_at = excluded.paid_at;
DELETE FROM lending_line
WHERE lending_no = (SELECT lending_no FROM lending WHERE idem_key = :idem_key);
INSERT INTO lending_line (lending_no, item, quantity)
SELECT (SELECT lending_no FROM lending WHERE idem_key = :idem_key), json_extract(value, '$.item'),
       json_extract(value, '$.qty')
FROM json_each(:lines);
-- delete:
DELETE FROM lending_line
WHERE lending_no = (SELECT lending_no FROM lending WHERE ext_loan_id = :_key);
DELETE FROM lending WHERE ext_loan_id = :_key;
-- check:
SELECT :_key AS _key, l.borrower AS reader_id,
       CASE l.state WHEN 10 THEN 'WAITING' WHEN 20 THEN 'PAID' WHEN 30 THEN 'LENT'
         ELSE 'CANCELLED' END
         AS status,
       l.amount AS total, time_seconds(l.placed_at) AS create_time,
       coalesce(time_seconds(l.paid_at), 0) AS paid_time, l.idem_key, l.pickup,
       (SELECT json_group_array(json_object('item', item, 'qty', quantity))
        FROM (SELECT item, quantity FROM lending_line WHERE lending_no = l.lending_no
          ORDER BY item))
         AS lines
FROM lending l WHERE l.ext_loan_id = :_key;
-- present:
SELECT ext_loan_id AS _key FROM lending WHERE ext_loan_id BETWEEN :from AND :to
ORDER BY ext_loan_id;
