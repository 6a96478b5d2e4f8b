-- Writes what :shop earned with :order_token (:total rupiah) into its saldo, once.
-- A TikTok seller's (:home = source) also counts towards her settlement of the day, which began at
-- 00:00 UTC.
INSERT INTO settlement (ext_statement_id, shop_id, day_from, revenue, amount)
SELECT snowflake(:idem, now()), (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop),
  local_text(now() / 86400000000 * 86400), 0, 0
WHERE :home = 'source' AND NOT EXISTS (SELECT 1 FROM saldo_ledger
  WHERE ref = 'sale/' || :order_token)
ON CONFLICT (shop_id, day_from) DO NOTHING;
UPDATE settlement SET revenue = revenue + :total, amount = amount + :total
WHERE :home = 'source' AND shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop)
AND day_from = local_text(now() / 86400000000 * 86400)
AND NOT EXISTS (SELECT 1 FROM saldo_ledger WHERE ref = 'sale/' || :order_token);
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, ext_platform, ext_statement_id, ext_tx_id,
  idem_key)
SELECT s.shop_id, 1, :total, local_text(now() / 1000000), 'sale/' || :order_token, 'tiktok',
  s.ext_statement_id, snowflake(:idem, now()), :idem
FROM settlement s WHERE :home = 'source'
AND s.shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop)
AND s.day_from = local_text(now() / 86400000000 * 86400)
ON CONFLICT (ref) DO NOTHING;
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, idem_key)
SELECT :shop, 1, :total, local_text(now() / 1000000), 'sale/' || :order_token, :idem
WHERE :home <> 'source'
ON CONFLICT (ref) DO NOTHING;
SELECT 1 AS ok;
