-- Lends :priced (JSON: item, qty, fee), already set aside; the fee is asked for afterwards.
-- replay:
SELECT l.lending_no AS loan_token, 'waiting' AS status, l.amount AS total
FROM lending_request r JOIN lending l ON l.idem_key = r.idem_key
WHERE r.idem_key = :idem AND r.undone = 0;
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM lending_request WHERE idem_key = :idem);
INSERT INTO lending_request (idem_key, home, undone) VALUES (:idem, :home, 0);
INSERT INTO lending (lending_no, home, borrower, state, amount, pickup, placed_at, idem_key)
SELECT new_id(:idem), :home, :buyer, 10,
       coalesce(sum(json_extract(value, '$.fee') * json_extract(value, '$.qty')), 0),
       'Crate ' || (1 + pick('crate', :idem, 12)),
       time_text(now() / 1000000), :idem
FROM json_each(:priced);
INSERT INTO lending_line (lending_no, item, quantity)
SELECT (SELECT lending_no FROM lending WHERE idem_key = :idem), json_extract(value, '$.item'),
       json_extract(value, '$.qty')
FROM json_each(:priced);
SELECT lending_no AS loan_token, 'waiting' AS status, amount AS total FROM lending
WHERE idem_key = :idem;
