-- TikTok's vouchers: Tokopedia to TikTok Shop.
-- Our own, of the same codes or not, stay.
-- move: merchants
-- root: voucher(code)
-- extract:
SELECT code AS _key, upper(funder) AS funder, amount, budget_left AS budget FROM voucher
WHERE code BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY code;
-- load:
INSERT INTO voucher (code, funder, amount, budget_left)
VALUES (:_key, :funder, :amount || '.00', :budget)
ON CONFLICT (code) DO UPDATE SET funder = excluded.funder, amount = excluded.amount,
  budget_left = excluded.budget_left;
-- delete:
DELETE FROM voucher WHERE code = :_key;
-- check:
SELECT code AS _key, funder, CAST(amount AS INTEGER) AS amount, budget_left AS budget FROM voucher
WHERE code = :_key;
-- present:
SELECT code AS _key FROM voucher WHERE code BETWEEN :from AND :to ORDER BY 1;
