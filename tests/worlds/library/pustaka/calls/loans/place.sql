-- Lends :priced (JSON: item, qty, fee), already set aside; the fee is asked for afterwards.
-- replay:
SELECT l.id AS loan_token, 'waiting' AS status, minor(l.total) AS total
FROM loan_request r JOIN loan l ON l.idem_key = r.idem_key
WHERE r.idem_key = :idem AND r.state = 'PLACED';
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM loan_request WHERE idem_key = :idem);
INSERT INTO loan_request (idem_key, state) VALUES (:idem, 'PLACED');
INSERT INTO loan (id, reader_id, crate_id, status, total, create_time, idem_key)
SELECT new_id(:idem), :buyer,
       (SELECT id FROM crate WHERE mark = 'Crate ' || (1 + pick('crate', :idem, 12))), 'WAITING',
       printf('%d.%02d', cost / 100, cost % 100), now() / 1000000, :idem
FROM (SELECT coalesce(sum(json_extract(value, '$.fee') * json_extract(value, '$.qty')), 0) AS cost
      FROM json_each(:priced));
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO loan_item (loan_id, seq, book_id)
SELECT (SELECT id FROM loan WHERE idem_key = :idem), row_number() OVER (ORDER BY p.key, n.i),
       json_extract(p.value, '$.item')
FROM json_each(:priced) AS p JOIN n ON n.i <= json_extract(p.value, '$.qty');
SELECT id AS loan_token, 'waiting' AS status, minor(total) AS total FROM loan
WHERE idem_key = :idem;
