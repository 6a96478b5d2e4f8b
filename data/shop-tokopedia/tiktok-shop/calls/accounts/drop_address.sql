-- Takes back the address that a shopper gave up on; before the address, it forbids it.
DELETE FROM address WHERE id = (SELECT answer FROM accounts_request
  WHERE idem_key = :idem AND kind = 'add');
INSERT INTO accounts_request (idem_key, kind) VALUES (:idem, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer;
SELECT 1 AS ok;
