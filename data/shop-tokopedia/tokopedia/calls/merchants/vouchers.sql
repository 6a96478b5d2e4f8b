-- The vouchers that :buyer has claimed; of each, whether there are any left for others.
-- TikTok's people (:home = source) have TikTok's vouchers, ours have ours.
SELECT json_group_array(json_object('voucher', code, 'amount', amount, 'left', "left"))
  AS my_vouchers
FROM (
  SELECT c.code, v.amount,
    CASE WHEN v.budget_left = 0 THEN 'none' WHEN v.budget_left <= 5 THEN 'few'
      ELSE 'enough' END AS "left"
  FROM voucher_claim c JOIN voucher v ON v.code = c.code AND v.ext_platform = c.ext_platform
  WHERE c.buyer = '' || :buyer AND c.ext_platform = CASE :home WHEN 'source' THEN 'tiktok'
    ELSE 'tokopedia' END
  ORDER BY c.code LIMIT 100);
