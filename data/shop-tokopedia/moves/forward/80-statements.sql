-- Statements with their entries: TikTok Shop to Tokopedia. Entries go into the saldo; the day that they add up to, cut at
-- 00:00 UTC = 07:00 there, becomes a settlement, which the saldo does not know.
-- move: merchants
-- root: statement(id)
-- child: statement_tx(statement_id)
-- extract:
SELECT s.id AS _key, s.shop_id AS shop, s.statement_time AS day, CAST(s.revenue AS INTEGER) AS revenue,
  CAST(s.fee AS INTEGER) AS fee, CAST(s.adjustment AS INTEGER) AS adjustment,
  CAST(s.settlement_amount AS INTEGER) AS settlement, s.payment_status AS status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (SELECT id, order_id, type, CAST(amount AS INTEGER) AS amount, idem_key FROM statement_tx t
         WHERE t.statement_id = s.id ORDER BY t.id)) AS entries
FROM statement s
WHERE s.id BETWEEN :from AND :to
ORDER BY s.id;
-- load:
-- A day has one statement: what the other platform has written of the same day is gone with this one, as its origin says.
DELETE FROM settlement
WHERE shop_id = (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop) AND day_from = time_text(:day + 25200)
AND ext_statement_id <> :_key;
INSERT INTO settlement (ext_statement_id, shop_id, day_from, revenue, fee, adjustment, amount, state)
VALUES (:_key, (SELECT shop_id FROM merchant_shop_map WHERE ext_shop = :shop), time_text(:day + 25200), :revenue, :fee,
  :adjustment, :settlement, CASE :status WHEN 'PROCESSING' THEN 1 WHEN 'PAID' THEN 2 WHEN 'FAILED' THEN 3 END)
ON CONFLICT (ext_statement_id) DO UPDATE SET shop_id = excluded.shop_id, day_from = excluded.day_from,
  revenue = excluded.revenue, fee = excluded.fee, adjustment = excluded.adjustment, amount = excluded.amount,
  state = excluded.state;
DELETE FROM saldo_ledger WHERE ext_statement_id = :_key
AND ref NOT IN (SELECT CASE value ->> 2 WHEN 'ORDER' THEN 'sale/' WHEN 'REFUND' THEN 'refund/' ELSE 'adjustment/' END
  || (value ->> 1) FROM json_each(:entries));
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, ext_platform, ext_statement_id, ext_tx_id, idem_key)
SELECT s.shop_id, CASE value ->> 2 WHEN 'ORDER' THEN 1 WHEN 'REFUND' THEN 2 ELSE 4 END, value ->> 3, s.day_from,
  CASE value ->> 2 WHEN 'ORDER' THEN 'sale/' WHEN 'REFUND' THEN 'refund/' ELSE 'adjustment/' END || (value ->> 1),
  'tiktok', :_key, value ->> 0, value ->> 4
FROM settlement s CROSS JOIN json_each(:entries) WHERE s.ext_statement_id = :_key
ON CONFLICT (ref) DO UPDATE SET shop_id = excluded.shop_id, amount = excluded.amount,
  ext_statement_id = excluded.ext_statement_id, ext_tx_id = excluded.ext_tx_id, idem_key = excluded.idem_key
WHERE ext_platform = 'tiktok';
-- delete:
DELETE FROM settlement WHERE ext_statement_id = :_key;
-- check:
SELECT s.ext_statement_id AS _key, (SELECT ext_shop FROM merchant_shop_map m WHERE m.shop_id = s.shop_id) AS shop,
  time_seconds(s.day_from) - 25200 AS day, s.revenue, s.fee, s.adjustment, s.amount AS settlement,
  CASE s.state WHEN 1 THEN 'PROCESSING' WHEN 2 THEN 'PAID' ELSE 'FAILED' END AS status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (SELECT ext_tx_id AS id, substr(ref, instr(ref, '/') + 1) AS order_id,
           CASE type WHEN 1 THEN 'ORDER' WHEN 2 THEN 'REFUND' ELSE 'ADJUSTMENT' END AS type, amount, idem_key
         FROM saldo_ledger l WHERE l.ext_statement_id = s.ext_statement_id AND l.shop_id = s.shop_id
         ORDER BY l.ext_tx_id)) AS entries
FROM settlement s
WHERE s.ext_statement_id = :_key;
-- present:
SELECT ext_statement_id AS _key FROM settlement WHERE ext_statement_id BETWEEN :from AND :to ORDER BY 1;
