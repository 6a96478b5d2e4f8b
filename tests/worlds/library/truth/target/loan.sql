-- Loans as facts; a moved one answers to the token that Pustaka gave.
SELECT idem_key AS witness, coalesce(ext_loan_id, lending_no) AS token, borrower AS buyer,
       CASE state WHEN 10 THEN 'waiting' WHEN 20 THEN 'paid' WHEN 30 THEN 'lent'
         WHEN 0 THEN 'cancelled' END
         AS status,
       amount AS total, lending_no AS root
FROM lending ORDER BY idem_key;
