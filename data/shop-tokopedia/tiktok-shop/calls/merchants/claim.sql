-- Claims :voucher for :buyer out of its budget; whoever has it already keeps it.
-- replay:
SELECT answer AS claimed FROM merchants_request WHERE idem_key = :idem AND kind = 'claim';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM merchants_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('used up')
WHERE NOT EXISTS (SELECT 1 FROM voucher WHERE code = :voucher AND budget_left > 0)
AND NOT EXISTS (SELECT 1 FROM voucher_claim WHERE user_id = :buyer AND code = :voucher);
INSERT INTO merchants_request (idem_key, kind, answer) VALUES (:idem, 'claim', :voucher);
UPDATE voucher SET budget_left = budget_left - 1
WHERE code = :voucher AND NOT EXISTS (SELECT 1 FROM voucher_claim
  WHERE user_id = :buyer AND code = :voucher);
INSERT INTO voucher_claim (id, code, user_id, claimed, idem_key)
VALUES (new_id(:idem), :voucher, :buyer, now() / 1000000, :idem)
ON CONFLICT (user_id, code) DO NOTHING;
SELECT answer AS claimed FROM merchants_request WHERE idem_key = :idem;
