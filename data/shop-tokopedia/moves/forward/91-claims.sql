-- Who claimed which voucher, and for which order: TikTok Shop to Tokopedia, by the ids that people
-- and orders have there.
-- move: merchants
-- root: voucher_claim(id)
-- drops: voucher_claim.claim_id, a claim that was made here is numbered anew when it comes again
-- extract:
SELECT id AS _key, code, user_id AS buyer, order_id, claimed, idem_key AS idem FROM voucher_claim
WHERE id BETWEEN :from AND :to ORDER BY id;
-- load:
-- One each: a second claim of hers that the other platform has written gives way.
DELETE FROM voucher_claim WHERE buyer = :buyer AND ext_platform = 'tiktok' AND code = :code
AND ext_claim_id <> :_key;
INSERT INTO voucher_claim (claim_id, code, ext_platform, buyer, order_id, claimed, ext_claim_id,
  idem_key)
VALUES (CAST(:_key AS INTEGER), :code, 'tiktok', :buyer, :order_id, local_text(:claimed), :_key,
  :idem)
ON CONFLICT (ext_claim_id) DO UPDATE SET code = excluded.code, buyer = excluded.buyer,
  order_id = excluded.order_id, claimed = excluded.claimed, idem_key = excluded.idem_key;
-- delete:
DELETE FROM voucher_claim WHERE ext_claim_id = :_key;
-- check:
SELECT ext_claim_id AS _key, code, buyer, order_id, local_seconds(claimed) AS claimed,
  idem_key AS idem FROM voucher_claim
WHERE ext_claim_id = :_key;
-- present:
SELECT ext_claim_id AS _key FROM voucher_claim WHERE ext_claim_id BETWEEN :from AND :to ORDER BY 1;
