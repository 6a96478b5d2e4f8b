-- The fee of the loan came in, or is waived; says what the loan is now.
SELECT refuse('no such loan') WHERE NOT EXISTS (SELECT 1 FROM lending WHERE idem_key = :idem)
  AND NOT EXISTS (SELECT 1 FROM lending_request WHERE idem_key = :idem AND undone = 1);
UPDATE lending SET state = 20, paid_at = time_text(now() / 1000000)
WHERE idem_key = :idem AND state = 10;
SELECT coalesce((SELECT status FROM lending_seen WHERE idem = :idem), 'cancelled') AS status;
