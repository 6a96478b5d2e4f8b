-- The cashier gave the money back.
UPDATE fee SET status = 'REFUNDED' WHERE idem_key = :idem AND status IN ('PAID', 'TO_REFUND');
SELECT 1 AS given_back FROM fee WHERE idem_key = :idem;
