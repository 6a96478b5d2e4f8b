-- The fee of the loan came in, or is waived; says what the loan is now.
SELECT refuse('no such loan') WHERE NOT EXISTS (SELECT 1 FROM loan WHERE idem_key = :idem)
  AND NOT EXISTS (SELECT 1 FROM loan_request WHERE idem_key = :idem AND state = 'UNDONE');
UPDATE loan SET status = 'PAID', paid_time = now() / 1000000
WHERE idem_key = :idem AND status = 'WAITING';
SELECT coalesce((SELECT lower(status) FROM loan WHERE idem_key = :idem), 'cancelled') AS status;
