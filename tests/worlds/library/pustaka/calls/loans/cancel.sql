-- Undoes place; leaves a tombstone if that has not come yet.
INSERT INTO loan_request (idem_key, state) VALUES (:idem, 'UNDONE')
ON CONFLICT (idem_key) DO UPDATE SET state = 'UNDONE';
UPDATE loan SET status = 'CANCELLED' WHERE idem_key = :idem AND status IN ('WAITING', 'PAID');
SELECT 1 AS undone;
