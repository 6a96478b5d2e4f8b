-- Pays :shop what waits for it, and says how much (rupiah).
-- TikTok's sellers (:home = source) are paid their settlements in process, but for the day that is
-- not over (UTC): it may still earn.
-- Ours are paid all that is left in their saldo.
-- What was paid stays paid, whether or not the answer is waited for.
-- replay:
SELECT CAST(answer AS INTEGER) AS paid_out FROM merchants_request
WHERE idem_key = :idem AND kind = 'withdraw';
-- do:
INSERT INTO merchants_request (idem_key, ext_platform, kind, answer)
SELECT :idem, 'tiktok', 'withdraw', '' || coalesce(sum(amount), 0) FROM settlement
WHERE shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop)
AND day_from < local_text(now() / 86400000000 * 86400) AND state = 1
HAVING :home = 'source';
INSERT INTO merchants_request (idem_key, kind, answer)
SELECT :idem, 'withdraw', '' || max(coalesce(sum(amount), 0), 0) FROM saldo_ledger
WHERE shop_id = :shop AND ext_platform IS NULL
HAVING :home <> 'source';
UPDATE settlement SET state = 2
WHERE :home = 'source' AND shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop)
AND day_from < local_text(now() / 86400000000 * 86400) AND state = 1;
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref)
SELECT :shop, 3, -CAST(answer AS INTEGER), local_text(now() / 1000000), 'withdrawal/' || :idem
FROM merchants_request WHERE :home <> 'source' AND idem_key = :idem AND answer <> '0';
SELECT CAST(answer AS INTEGER) AS paid_out FROM merchants_request WHERE idem_key = :idem;
