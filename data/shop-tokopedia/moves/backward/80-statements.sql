-- Settlements of TikTok's sellers with their entries in the saldo, moved or written here: Tokopedia to TikTok Shop, whose
-- statements they are. Entries of our own shops have no ext_statement_id and stay.
-- move: merchants
-- root: settlement(ext_statement_id)
-- child: saldo_ledger(ext_statement_id)
-- via: merchant_shop_map SELECT s.ext_statement_id FROM merchant_shop_map m JOIN settlement s ON s.shop_id = m.shop_id WHERE m.ext_shop = :key
-- extract:
SELECT s.ext_statement_id AS _key, (SELECT ext_shop FROM merchant_shop_map m WHERE m.shop_id = s.shop_id) AS shop,
  time_seconds(s.day_from) - 25200 AS day, s.revenue, s.fee, s.adjustment, s.amount AS settlement,
  CASE s.state WHEN 1 THEN 'PROCESSING' WHEN 2 THEN 'PAID' ELSE 'FAILED' END AS status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (SELECT ext_tx_id AS id, substr(ref, instr(ref, '/') + 1) AS order_id,
           CASE type WHEN 1 THEN 'ORDER' WHEN 2 THEN 'REFUND' ELSE 'ADJUSTMENT' END AS type, amount, idem_key
         FROM saldo_ledger l WHERE l.ext_statement_id = s.ext_statement_id ORDER BY l.ext_tx_id)) AS entries
FROM settlement s
WHERE s.ext_statement_id BETWEEN :from AND :to
ORDER BY s.ext_statement_id;
-- load:
-- As on the way there, a day has one statement: the one that its origin has.
DELETE FROM statement WHERE shop_id = :shop AND statement_time = :day AND id <> :_key;
INSERT INTO statement (id, shop_id, statement_time, revenue, fee, adjustment, settlement_amount, payment_status)
VALUES (:_key, :shop, :day, :revenue || '.00', :fee || '.00', :adjustment || '.00', :settlement || '.00', :status)
ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, statement_time = excluded.statement_time,
  revenue = excluded.revenue, fee = excluded.fee, adjustment = excluded.adjustment,
  settlement_amount = excluded.settlement_amount, payment_status = excluded.payment_status;
DELETE FROM statement_tx WHERE statement_id = :_key;
INSERT INTO statement_tx (id, statement_id, order_id, type, amount, idem_key)
SELECT value ->> 0, :_key, value ->> 1, value ->> 2, value ->> 3 || '.00', value ->> 4 FROM json_each(:entries) WHERE true
ON CONFLICT (order_id, type) DO UPDATE SET id = excluded.id, statement_id = excluded.statement_id, amount = excluded.amount,
  idem_key = excluded.idem_key;
-- delete:
DELETE FROM statement WHERE id = :_key;
-- check:
SELECT s.id AS _key, s.shop_id AS shop, s.statement_time AS day, CAST(s.revenue AS INTEGER) AS revenue,
  CAST(s.fee AS INTEGER) AS fee, CAST(s.adjustment AS INTEGER) AS adjustment,
  CAST(s.settlement_amount AS INTEGER) AS settlement, s.payment_status AS status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (SELECT id, order_id, type, CAST(amount AS INTEGER) AS amount, idem_key FROM statement_tx t
         WHERE t.statement_id = s.id ORDER BY t.id)) AS entries
FROM statement s
WHERE s.id = :_key;
-- present:
SELECT id AS _key FROM statement WHERE id BETWEEN :from AND :to ORDER BY 1;
