-- Who claimed which of TikTok's vouchers, moved or claimed here: Tokopedia to TikTok Shop.
-- Our own claims have no ext_claim_id and stay.
-- move: merchants
-- root: voucher_claim(ext_claim_id)
-- extract:
SELECT ext_claim_id AS _key, code, buyer, order_id, local_seconds(claimed) AS claimed,
  idem_key AS idem FROM voucher_claim
WHERE ext_claim_id BETWEEN :from AND :to ORDER BY ext_claim_id;
-- load:
DELETE FROM voucher_claim WHERE user_id = :buyer AND code = :code AND id <> :_key;
INSERT INTO voucher_claim (id, code, user_id, order_id, claimed, idem_key)
VALUES (:_key, :code, :buyer, :order_id, :claimed, :idem)
ON CONFLICT (id) DO UPDATE SET code = excluded.code, user_id = excluded.user_id,
  order_id = excluded.order_id, claimed = excluded.claimed, idem_key = excluded.idem_key;
-- delete:
DELETE FROM voucher_claim WHERE id = :_key;
-- check:
SELECT id AS _key, code, user_id AS buyer, order_id, claimed, idem_key AS idem FROM voucher_claim
WHERE id = :_key;
-- present:
SELECT id AS _key FROM voucher_claim WHERE id BETWEEN :from AND :to ORDER BY 1;
