-- Asks for the fee of a loan; the cashier knows it by the token.
-- replay:
SELECT ref AS fee_token, minor(amount) AS pay_amount FROM fee
WHERE idem_key = :idem AND status <> 'VOID';
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM fee_request WHERE idem_key = :idem);
INSERT INTO fee_request (idem_key, state) VALUES (:idem, 'STARTED');
INSERT INTO fee (id, loan_id, rak_loan_no, ref, amount, method, status, idem_key)
SELECT id, iif(typeof(:loan_token) = 'text', :loan_token, NULL),
       iif(typeof(:loan_token) = 'integer', :loan_token, NULL), id,
       printf('%d.%02d', :total / 100, :total % 100), :method, 'OPEN', :idem
FROM (SELECT new_id(:idem) AS id);
SELECT ref AS fee_token, minor(amount) AS pay_amount FROM fee WHERE idem_key = :idem;
