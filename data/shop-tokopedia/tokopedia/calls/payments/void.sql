-- Nobody waits for this payment any more; before its start, it forbids it.
-- Money that is there stays.
INSERT INTO payments_request (idem_key, ext_platform, kind)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'void'
WHERE NOT EXISTS (SELECT 1 FROM payment WHERE idem_key = :idem)
ON CONFLICT (idem_key) DO NOTHING;
UPDATE payment SET status_id = 3 WHERE idem_key = :idem AND status_id = 1;
SELECT 1 AS ok;
