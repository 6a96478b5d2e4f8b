-- Claims :voucher for :buyer out of its budget; whoever has it already keeps it.
-- TikTok's people (:home = source) draw on TikTok's budget of that code, ours on ours.
-- replay:
SELECT answer AS claimed FROM merchants_request WHERE idem_key = :idem AND kind = 'claim';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM merchants_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('used up')
WHERE NOT EXISTS (SELECT 1 FROM voucher WHERE code = :voucher
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
  AND budget_left > 0)
AND NOT EXISTS (SELECT 1 FROM voucher_claim WHERE buyer = '' || :buyer
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
  AND code = :voucher);
INSERT INTO merchants_request (idem_key, ext_platform, kind, answer)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'claim', :voucher;
UPDATE voucher SET budget_left = budget_left - 1
WHERE code = :voucher AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
AND NOT EXISTS (SELECT 1 FROM voucher_claim c WHERE c.buyer = '' || :buyer
  AND c.ext_platform = voucher.ext_platform
  AND c.code = :voucher);
INSERT INTO voucher_claim (claim_id, code, ext_platform, buyer, claimed, ext_claim_id, idem_key)
SELECT new_id(:idem), :voucher, CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END,
  '' || :buyer, local_text(now() / 1000000),
  CASE :home WHEN 'source' THEN snowflake(:idem, now()) END, :idem
WHERE true
ON CONFLICT (buyer, ext_platform, code) DO NOTHING;
SELECT answer AS claimed FROM merchants_request WHERE idem_key = :idem;
