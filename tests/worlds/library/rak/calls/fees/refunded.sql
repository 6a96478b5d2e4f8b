-- The cashier gave the money back.
UPDATE charge SET state = 10 WHERE idem_key = :idem AND state IN (2, 9);
SELECT 1 AS given_back FROM charge WHERE idem_key = :idem;
