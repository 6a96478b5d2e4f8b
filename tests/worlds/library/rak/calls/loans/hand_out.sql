-- The member takes her books home.
UPDATE lending SET state = 30 WHERE idem_key = :idem AND state = 20;
SELECT CASE state WHEN 10 THEN 'waiting' WHEN 20 THEN 'paid' WHEN 30 THEN 'lent' ELSE 'cancelled' END
  AS status FROM lending WHERE idem_key = :idem;
