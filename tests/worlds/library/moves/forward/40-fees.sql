-- Fees; what the cashier was told stays as it is.
-- move: fees
-- root: fee(id)
-- drops: fee.rak_no, is how Pustaka calls what has come back
-- extract:
SELECT f.id AS _key, f.loan_id, f.rak_loan_no, f.ref, minor(f.amount) AS amount, f.method, f.status,
       f.idem_key
FROM fee f WHERE f.id BETWEEN :from AND :to ORDER BY f.id;
-- load:
INSERT INTO charge (charge_no, ext_fee_id, home, ref, amount, method, state, idem_key)
VALUES (new_id(:idem_key), :_key, 'source', :ref, :amount, :method,
        CASE :status WHEN 'OPEN' THEN 1 WHEN 'PAID' THEN 2 WHEN 'WAIVED' THEN 3 WHEN 'VOID' THEN 8
                     WHEN 'TO_REFUND' THEN 9 ELSE 10 END, :idem_key)
ON CONFLICT DO UPDATE SET ext_fee_id = excluded.ext_fee_id, ref = excluded.ref,
  amount = excluded.amount, method = excluded.method, state = excluded.state;
INSERT INTO charge_loan (charge_no, lending_no, ext_loan_id)
SELECT charge_no, :rak_loan_no, :loan_id FROM charge WHERE idem_key = :idem_key
ON CONFLICT DO UPDATE SET lending_no = excluded.lending_no, ext_loan_id = excluded.ext_loan_id;
-- delete:
DELETE FROM charge_loan WHERE charge_no = (SELECT charge_no FROM charge WHERE ext_fee_id = :_key);
DELETE FROM charge WHERE ext_fee_id = :_key;
-- check:
SELECT :_key AS _key, o.ext_loan_id AS loan_id, o.lending_no AS rak_loan_no, c.ref, c.amount,
       c.method,
       CASE c.state WHEN 1 THEN 'OPEN' WHEN 2 THEN 'PAID' WHEN 3 THEN 'WAIVED' WHEN 8 THEN 'VOID'
                    WHEN 9 THEN 'TO_REFUND' ELSE 'REFUNDED' END AS status, c.idem_key
FROM charge c LEFT JOIN charge_loan o ON o.charge_no = c.charge_no WHERE c.ext_fee_id = :_key;
-- present:
SELECT ext_fee_id AS _key FROM charge WHERE ext_fee_id BETWEEN :from AND :to ORDER BY ext_fee_id;
