-- Cancels the loan if it is still not paid for.
UPDATE loan SET status = 'CANCELLED' WHERE idem_key = :idem AND status = 'WAITING';
SELECT lower(status) AS status FROM loan WHERE idem_key = :idem;
