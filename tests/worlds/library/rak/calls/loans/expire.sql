-- Cancels the loan if it is still not paid for.
UPDATE lending SET state = 0 WHERE idem_key = :idem AND state = 10;
SELECT CASE state WHEN 10 THEN 'waiting' WHEN 20 THEN 'paid' WHEN 30 THEN 'lent' ELSE 'cancelled' END
  AS status FROM lending WHERE idem_key = :idem;
