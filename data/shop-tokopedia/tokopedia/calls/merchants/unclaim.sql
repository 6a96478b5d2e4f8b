-- Takes back the claim that a shopper gave up on; before the claim, it forbids it.
UPDATE voucher SET budget_left = budget_left + 1
WHERE ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
AND code = (SELECT code FROM voucher_claim WHERE buyer = '' || :buyer
  AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END
  AND idem_key = :idem);
DELETE FROM voucher_claim WHERE buyer = '' || :buyer
AND ext_platform = CASE :home WHEN 'source' THEN 'tiktok' ELSE 'tokopedia' END AND idem_key = :idem;
INSERT INTO merchants_request (idem_key, ext_platform, kind)
VALUES (:idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'void')
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer;
SELECT 1 AS ok;
