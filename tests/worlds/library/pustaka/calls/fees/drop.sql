-- Undoes start; what was paid meanwhile is to be given back.
-- Leaves a tombstone.
INSERT INTO fee_request (idem_key, state) VALUES (:idem, 'UNDONE')
ON CONFLICT (idem_key) DO UPDATE SET state = 'UNDONE';
UPDATE fee SET status = iif(status = 'PAID', 'TO_REFUND', 'VOID')
WHERE idem_key = :idem AND status IN ('OPEN', 'PAID', 'WAIVED');
SELECT 1 AS dropped;
