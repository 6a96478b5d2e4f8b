-- Asks for the fee of a loan, wherever the loan lives; the cashier knows it by the token.
-- replay:
SELECT ref AS fee_token, amount AS pay_amount FROM charge WHERE idem_key = :idem AND state <> 8;
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM charge_request WHERE idem_key = :idem);
INSERT INTO charge_request (idem_key, home, undone) VALUES (:idem, :home, 0);
INSERT INTO charge (charge_no, home, ref, amount, method, state, idem_key)
SELECT no, :home, no, :total, :method, 1, :idem FROM (SELECT new_id(:idem) AS no);
INSERT INTO charge_loan (charge_no, lending_no, ext_loan_id)
SELECT charge_no, iif(typeof(:loan_token) = 'integer', :loan_token, NULL),
       iif(typeof(:loan_token) = 'text', :loan_token, NULL)
FROM charge WHERE idem_key = :idem;
SELECT ref AS fee_token, amount AS pay_amount FROM charge WHERE idem_key = :idem;
