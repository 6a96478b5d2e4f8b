-- Statements with their entries: TikTok Shop to Tokopedia.
-- Entries go into the saldo; the day that they add up to, cut at 00:00 UTC = 07:00 there, becomes a
-- settlement, which the saldo does not know.
-- move: merchants
-- root: statement(id)
-- child: statement_tx(statement_id)
-- drops: saldo_ledger.seq, what comes again is numbered anew
-- drops: saldo_ledger.ts, a statement knows the day of its entries alone
-- extract:
SELECT * FROM statement_row WHERE _key BETWEEN :from AND :to ORDER BY _key;
-- load:
-- A day has one statement: what the other platform has written of the same day is gone with this
-- one, as its origin says.
DELETE FROM settlement
WHERE shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop)
AND day_from = local_text(:day)
AND ext_statement_id <> :_key;
INSERT INTO settlement (ext_statement_id, shop_id, day_from, revenue, fee, adjustment, amount,
  state)
VALUES (:_key, (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop), local_text(:day),
  :revenue, :fee, :adjustment, :settlement,
    CASE :status WHEN 'PROCESSING' THEN 1 WHEN 'PAID' THEN 2 WHEN 'FAILED' THEN 3 END)
ON CONFLICT (ext_statement_id) DO UPDATE SET shop_id = excluded.shop_id,
  day_from = excluded.day_from, revenue = excluded.revenue, fee = excluded.fee,
  adjustment = excluded.adjustment, amount = excluded.amount, state = excluded.state;
DELETE FROM saldo_ledger WHERE ext_statement_id = :_key
AND ref NOT IN (
  SELECT CASE value ->> 2
    WHEN 'ORDER' THEN 'sale/' WHEN 'REFUND' THEN 'refund/' ELSE 'adjustment/' END || (value ->> 1)
  FROM json_each(:entries));
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, ext_platform, ext_statement_id, ext_tx_id,
  idem_key)
SELECT s.shop_id, CASE value ->> 2 WHEN 'ORDER' THEN 1 WHEN 'REFUND' THEN 2 ELSE 4 END, value ->> 3,
  s.day_from,
  CASE value ->> 2
    WHEN 'ORDER' THEN 'sale/' WHEN 'REFUND' THEN 'refund/' ELSE 'adjustment/' END || (value ->> 1),
  'tiktok', :_key, value ->> 0, value ->> 4
FROM settlement s CROSS JOIN json_each(:entries) WHERE s.ext_statement_id = :_key
ON CONFLICT (ref) DO UPDATE SET shop_id = excluded.shop_id, amount = excluded.amount,
  ext_statement_id = excluded.ext_statement_id, ext_tx_id = excluded.ext_tx_id,
  idem_key = excluded.idem_key
WHERE ext_platform = 'tiktok';
-- delete:
DELETE FROM settlement WHERE ext_statement_id = :_key;
-- check:
SELECT _key, shop, day, revenue, fee, adjustment, settlement, status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (
     SELECT id, order_id, type, amount, idem_key FROM statement_entry e
     WHERE e.ext_statement_id = s._key AND e.shop_id = s.shop_id ORDER BY id)) AS entries
FROM statement_row s
WHERE _key = :_key;
-- present:
SELECT ext_statement_id AS _key FROM settlement WHERE ext_statement_id BETWEEN :from AND :to
ORDER BY 1;
