-- Vouchers: TikTok Shop to Tokopedia.
-- The same code there is another campaign with a budget of its own, which this does not touch.
-- move: merchants
-- root: voucher(code)
-- extract:
SELECT code AS _key, funder, CAST(amount AS INTEGER) AS amount, budget_left AS budget FROM voucher
WHERE code BETWEEN :from AND :to ORDER BY code;
-- load:
INSERT INTO voucher (code, ext_platform, funder, amount, budget_left)
VALUES (:_key, 'tiktok', lower(:funder), :amount, :budget)
ON CONFLICT (code, ext_platform) DO UPDATE SET funder = excluded.funder, amount = excluded.amount,
  budget_left = excluded.budget_left;
-- delete:
DELETE FROM voucher WHERE code = :_key AND ext_platform = 'tiktok';
-- check:
SELECT code AS _key, upper(funder) AS funder, amount, budget_left AS budget FROM voucher
WHERE code = :_key AND ext_platform = 'tiktok';
-- present:
SELECT code AS _key FROM voucher WHERE code BETWEEN :from AND :to AND ext_platform = 'tiktok'
ORDER BY 1;
