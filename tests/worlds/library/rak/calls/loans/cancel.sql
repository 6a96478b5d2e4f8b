-- Undoes place; leaves a tombstone if that has not come yet.
INSERT INTO lending_request (idem_key, home, undone) VALUES (:idem, :home, 1)
ON CONFLICT (idem_key) DO UPDATE SET undone = 1;
UPDATE lending SET state = 0 WHERE idem_key = :idem AND state IN (10, 20);
SELECT 1 AS undone;
