-- The member takes her books home.
UPDATE lending SET state = 30 WHERE idem_key = :idem AND state = 20;
SELECT status FROM lending_seen WHERE idem = :idem;
