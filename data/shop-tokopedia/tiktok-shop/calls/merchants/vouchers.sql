-- The vouchers that :buyer has claimed; of each, whether there are any left for others.
SELECT json_group_array(json_object('voucher', code, 'amount', amount, 'left', "left"))
  AS my_vouchers
FROM (
  SELECT c.code, minor(v.amount) / 100 AS amount,
    CASE WHEN v.budget_left = 0 THEN 'none' WHEN v.budget_left <= 5 THEN 'few'
      ELSE 'enough' END AS "left"
  FROM voucher_claim c JOIN voucher v ON v.code = c.code WHERE c.user_id = :buyer ORDER BY c.code
  LIMIT 100);
