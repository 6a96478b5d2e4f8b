-- Writes what :shop earned with :order_token (:total rupiah) into its saldo, once.
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, idem_key)
VALUES (:shop, 1, :total,
  time_text(now() / 1000000 + 25200), 'sale/' || :order_token, :idem)
ON CONFLICT (ref) DO NOTHING;
SELECT 1 AS ok;
