-- TikTok's vouchers with who claimed them: Tokopedia to TikTok Shop. Our own, of the same codes or not, stay.
-- move: merchants
-- root: voucher(code)
-- child: voucher_claim(code)
-- extract:
SELECT v.code AS _key, upper(v.funder) AS funder, v.amount, v.budget_left AS budget,
  (SELECT json_group_array(json_array(ext_buyer, ext_order_id, claimed))
   FROM (SELECT ext_buyer, ext_order_id, time_seconds(claimed) - 25200 AS claimed FROM voucher_claim c
         WHERE c.code = v.code AND c.ext_platform = 'tiktok' ORDER BY c.ext_buyer)) AS claims
FROM voucher v
WHERE v.code BETWEEN :from AND :to AND v.ext_platform = 'tiktok'
ORDER BY v.code;
-- load:
INSERT INTO voucher (code, funder, amount, budget_left) VALUES (:_key, :funder, :amount || '.00', :budget)
ON CONFLICT (code) DO UPDATE SET funder = excluded.funder, amount = excluded.amount, budget_left = excluded.budget_left;
DELETE FROM voucher_claim WHERE code = :_key;
INSERT INTO voucher_claim (code, user_id, order_id, claimed)
SELECT :_key, value ->> 0, value ->> 1, value ->> 2 FROM json_each(:claims);
-- delete:
DELETE FROM voucher WHERE code = :_key;
-- check:
SELECT v.code AS _key, v.funder, CAST(v.amount AS INTEGER) AS amount, v.budget_left AS budget,
  (SELECT json_group_array(json_array(user_id, order_id, claimed))
   FROM (SELECT user_id, order_id, claimed FROM voucher_claim c WHERE c.code = v.code ORDER BY c.user_id)) AS claims
FROM voucher v
WHERE v.code = :_key;
-- present:
SELECT code AS _key FROM voucher WHERE code BETWEEN :from AND :to ORDER BY 1;
