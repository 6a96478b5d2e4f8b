-- Nobody waits for this payment any more; before its start, it forbids it.
-- Money that is there stays.
INSERT INTO payments_request (idem_key, kind)
SELECT :idem, 'void' WHERE NOT EXISTS (SELECT 1 FROM payment WHERE idem_key = :idem)
ON CONFLICT (idem_key) DO NOTHING;
UPDATE payment SET status = 'VOID' WHERE idem_key = :idem AND status = 'PENDING';
SELECT 1 AS ok;
