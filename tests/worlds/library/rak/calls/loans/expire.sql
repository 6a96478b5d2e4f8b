-- Cancels the loan if it is still not paid for.
UPDATE lending SET state = 0 WHERE idem_key = :idem AND state = 10;
SELECT status FROM lending_seen WHERE idem = :idem;
