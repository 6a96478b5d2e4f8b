-- What the cashier said about the fee: captured, none (nothing to pay) or pending.
SELECT refuse('no such fee') WHERE NOT EXISTS (SELECT 1 FROM charge WHERE idem_key = :idem);
UPDATE charge SET state = iif(state = 8, 9, 2)
WHERE idem_key = :idem AND :state = 'captured' AND state IN (1, 8);
UPDATE charge SET state = 3 WHERE idem_key = :idem AND :state = 'none' AND state = 1;
SELECT amount AS pay_amount FROM charge WHERE idem_key = :idem;
