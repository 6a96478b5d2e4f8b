-- Takes back the claim that a shopper gave up on; before the claim, it forbids it.
UPDATE voucher SET budget_left = budget_left + 1
WHERE code = (SELECT code FROM voucher_claim WHERE user_id = :buyer AND idem_key = :idem);
DELETE FROM voucher_claim WHERE user_id = :buyer AND idem_key = :idem;
INSERT INTO merchants_request (idem_key, kind) VALUES (:idem, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer;
SELECT 1 AS ok;
