-- Writes what :shop earned with :order_token (:total rupiah) into its saldo, once.
INSERT INTO saldo_ledger (shop_id, type, amount, ts, ref, idem_key)
VALUES (:shop, 1, :total,
  strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000 + 25200, 'unixepoch'), 'sale/' || :order_token, :idem)
ON CONFLICT (ref) DO NOTHING;
SELECT 1 AS ok;
