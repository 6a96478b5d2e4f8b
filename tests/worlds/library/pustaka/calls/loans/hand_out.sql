-- The reader takes her books home.
UPDATE loan SET status = 'LENT' WHERE idem_key = :idem AND status = 'PAID';
SELECT lower(status) AS status FROM loan WHERE idem_key = :idem;
