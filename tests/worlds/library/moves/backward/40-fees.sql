-- Charges of Pustaka's readers, with the loan that each is for, wherever that lives.
-- move: fees
-- root: charge(charge_no)
-- child: charge_loan(charge_no)
-- drops: fee.id, a fee that was made here is numbered there when it goes back
-- drops: charge.ext_fee_id, a fee that was made here is numbered there when it goes back
-- extract:
SELECT c.charge_no AS _key, c.ext_fee_id, o.lending_no, o.ext_loan_id, c.ref, c.amount, c.method,
       c.state, c.idem_key
FROM charge c LEFT JOIN charge_loan o ON o.charge_no = c.charge_no
WHERE c.charge_no BETWEEN :from AND :to AND c.home = 'source' ORDER BY c.charge_no;
-- load:
INSERT INTO fee (id, loan_id, rak_loan_no, ref, amount, method, status, idem_key, rak_no)
VALUES (coalesce(:ext_fee_id, snowflake(:idem_key, now())), :ext_loan_id, :lending_no, :ref,
        printf('%d.%02d', :amount / 100, :amount % 100), :method,
        CASE :state WHEN 1 THEN 'OPEN' WHEN 2 THEN 'PAID' WHEN 3 THEN 'WAIVED' WHEN 8 THEN 'VOID'
                    WHEN 9 THEN 'TO_REFUND' ELSE 'REFUNDED' END, :idem_key, :_key)
ON CONFLICT DO UPDATE SET loan_id = excluded.loan_id, rak_loan_no = excluded.rak_loan_no,
  ref = excluded.ref, amount = excluded.amount, method = excluded.method, status = excluded.status,
  rak_no = excluded.rak_no;
-- delete:
DELETE FROM fee WHERE rak_no = :_key;
-- check:
SELECT :_key AS _key, f.rak_loan_no AS lending_no, f.loan_id AS ext_loan_id, f.ref,
       minor(f.amount) AS amount, f.method,
       CASE f.status WHEN 'OPEN' THEN 1 WHEN 'PAID' THEN 2 WHEN 'WAIVED' THEN 3 WHEN 'VOID' THEN 8
                     WHEN 'TO_REFUND' THEN 9 ELSE 10 END AS state, f.idem_key
FROM fee f WHERE f.rak_no = :_key;
-- present:
SELECT rak_no AS _key FROM fee WHERE rak_no BETWEEN :from AND :to ORDER BY rak_no;
