-- Vouchers with who claimed them: TikTok Shop to Tokopedia. The same code there is another campaign with a budget of its
-- own, which this does not touch.
-- move: merchants
-- root: voucher(code)
-- child: voucher_claim(code)
-- extract:
SELECT v.code AS _key, v.funder, CAST(v.amount AS INTEGER) AS amount, v.budget_left AS budget,
  (SELECT json_group_array(json_array(user_id, order_id, claimed))
   FROM (SELECT user_id, order_id, claimed FROM voucher_claim c WHERE c.code = v.code ORDER BY c.user_id)) AS claims
FROM voucher v
WHERE v.code BETWEEN :from AND :to
ORDER BY v.code;
-- load:
INSERT INTO voucher (code, ext_platform, funder, amount, budget_left) VALUES (:_key, 'tiktok', lower(:funder), :amount, :budget)
ON CONFLICT (code, ext_platform) DO UPDATE SET funder = excluded.funder, amount = excluded.amount,
  budget_left = excluded.budget_left;
DELETE FROM voucher_claim WHERE code = :_key AND ext_platform = 'tiktok';
INSERT INTO voucher_claim (code, ext_platform, ext_buyer, ext_order_id, claimed)
SELECT :_key, 'tiktok', value ->> 0, value ->> 1, time_text((value ->> 2) + 25200) FROM json_each(:claims);
-- delete:
DELETE FROM voucher WHERE code = :_key AND ext_platform = 'tiktok';
-- check:
SELECT v.code AS _key, upper(v.funder) AS funder, v.amount, v.budget_left AS budget,
  (SELECT json_group_array(json_array(ext_buyer, ext_order_id, claimed))
   FROM (SELECT ext_buyer, ext_order_id, time_seconds(claimed) - 25200 AS claimed FROM voucher_claim c
         WHERE c.code = v.code AND c.ext_platform = 'tiktok' ORDER BY c.ext_buyer)) AS claims
FROM voucher v
WHERE v.code = :_key AND v.ext_platform = 'tiktok';
-- present:
SELECT code AS _key FROM voucher WHERE code BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY 1;
