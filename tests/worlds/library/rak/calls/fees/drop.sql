-- Undoes start; what was paid meanwhile is to be given back.
-- Leaves a tombstone.
INSERT INTO charge_request (idem_key, home, undone) VALUES (:idem, :home, 1)
ON CONFLICT (idem_key) DO UPDATE SET undone = 1;
UPDATE charge SET state = iif(state = 2, 9, 8) WHERE idem_key = :idem AND state IN (1, 2, 3);
SELECT 1 AS dropped;
