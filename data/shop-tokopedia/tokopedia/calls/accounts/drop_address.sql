-- Takes back the address that a shopper gave up on; before the address, it forbids it.
DELETE FROM address WHERE address_id =
  (SELECT CASE WHEN r.ext_platform IS NULL THEN r.answer
     ELSE (SELECT address_id FROM address WHERE ext_address_id = r.answer) END
   FROM accounts_request r WHERE r.idem_key = :idem AND r.kind = 'add');
INSERT INTO accounts_request (idem_key, ext_platform, kind)
VALUES (:idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer;
SELECT 1 AS ok;
