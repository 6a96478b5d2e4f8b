-- Settlements of TikTok's sellers with their entries in the saldo, moved or written here: Tokopedia
-- to TikTok Shop, whose statements they are.
-- Entries of our own shops have no ext_statement_id and stay.
-- move: merchants
-- root: settlement(ext_statement_id)
-- child: saldo_ledger(ext_statement_id)
-- via: merchant_shop_map SELECT s.ext_statement_id
--   FROM merchant_shop_map m JOIN settlement s ON s.shop_id = m.shop_id
--   WHERE m.ext_shop = :key
-- extract:
SELECT _key, shop, day, revenue, fee, adjustment, settlement, status,
  (SELECT json_group_array(json_array(id, order_id, type, amount, idem_key))
   FROM (
     SELECT id, order_id, type, amount, idem_key FROM statement_entry e
     WHERE e.ext_statement_id = s._key ORDER BY id)) AS entries
FROM statement_row s
WHERE _key BETWEEN :from AND :to
ORDER BY _key;
-- load:
-- As on the way there, a day has one statement: the one that its origin has.
DELETE FROM statement WHERE shop_id = :shop AND statement_time = :day AND id <> :_key;
INSERT INTO statement (id, shop_id, statement_time, revenue, fee, adjustment, settlement_amount,
  payment_status)
VALUES (:_key, :shop, :day, :revenue || '.00', :fee || '.00', :adjustment || '.00',
  :settlement || '.00', :status)
ON CONFLICT (id) DO UPDATE SET shop_id = excluded.shop_id, statement_time = excluded.statement_time,
  revenue = excluded.revenue, fee = excluded.fee, adjustment = excluded.adjustment,
  settlement_amount = excluded.settlement_amount, payment_status = excluded.payment_status;
DELETE FROM statement_tx WHERE statement_id = :_key;
INSERT INTO statement_tx (id, statement_id, order_id, type, amount, idem_key)
SELECT value ->> 0, :_key, value ->> 1, value ->> 2, value ->> 3 || '.00', value ->> 4
FROM json_each(:entries) WHERE true
ON CONFLICT (order_id, type) DO UPDATE SET id = excluded.id, statement_id = excluded.statement_id,
  amount = excluded.amount, idem_key = excluded.idem_key;
-- delete:
DELETE FROM statement WHERE id = :_key;
-- check:
SELECT * FROM statement_row WHERE _key = :_key;
-- present:
SELECT id AS _key FROM statement WHERE id BETWEEN :from AND :to ORDER BY 1;
