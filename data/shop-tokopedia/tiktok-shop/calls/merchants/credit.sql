-- Writes what :shop earned with :order_token (:total rupiah) into its statement of the day (UTC),
-- once.
INSERT INTO statement (id, shop_id, statement_time, revenue, settlement_amount)
SELECT new_id(:idem), :shop, now() / 86400000000 * 86400, '0.00', '0.00'
WHERE NOT EXISTS (SELECT 1 FROM statement_tx WHERE order_id = :order_token AND type = 'ORDER')
ON CONFLICT (shop_id, statement_time) DO NOTHING;
UPDATE statement SET revenue = printf('%d.00', minor(revenue) / 100 + :total),
  settlement_amount = printf('%d.00', minor(settlement_amount) / 100 + :total)
WHERE shop_id = :shop AND statement_time = now() / 86400000000 * 86400
AND NOT EXISTS (SELECT 1 FROM statement_tx WHERE order_id = :order_token AND type = 'ORDER');
INSERT INTO statement_tx (id, statement_id, order_id, type, amount, idem_key)
SELECT new_id(:idem), s.id, :order_token, 'ORDER', printf('%d.00', :total), :idem FROM statement s
WHERE s.shop_id = :shop AND s.statement_time = now() / 86400000000 * 86400
ON CONFLICT (order_id, type) DO NOTHING;
SELECT 1 AS ok;
