-- What the cashier said about the fee: captured, none (nothing to pay) or pending.
SELECT refuse('no such fee') WHERE NOT EXISTS (SELECT 1 FROM fee WHERE idem_key = :idem);
UPDATE fee SET status = CASE WHEN status = 'VOID' THEN 'TO_REFUND' ELSE 'PAID' END
WHERE idem_key = :idem AND :state = 'captured' AND status IN ('OPEN', 'VOID');
UPDATE fee SET status = 'WAIVED' WHERE idem_key = :idem AND :state = 'none' AND status = 'OPEN';
SELECT minor(amount) AS pay_amount FROM fee WHERE idem_key = :idem;
