-- Payments of TikTok Shop's shoppers, moved or started here: Tokopedia to TikTok Shop.
-- A payment knows its buyer, so that a change of the buyer map changes no payment.
-- move: payments
-- root: payment(ext_payment_id)
-- via: payment_order SELECT ext_payment_id FROM payment
--   WHERE payment_id = :key AND ext_platform = 'tiktok'
-- via: resolution SELECT p.ext_payment_id
--   FROM resolution r JOIN payment p ON p.payment_id = r.payment_id
--   WHERE r.id = :key AND p.ext_platform = 'tiktok'
-- via: payment_buyer_map SELECT NULL WHERE :key IS NULL
-- extract:
SELECT _key, idem, order_id, ext_buyer AS buyer, ref, method, amount, status, time, paid_time,
  returns, refunds
FROM payment_row
WHERE _key BETWEEN :from AND :to
ORDER BY _key;
-- load:
INSERT INTO payment
  (id, order_id, user_id, provider_ref, method, amount, status, time, paid_time, idem_key)
VALUES (:_key, :order_id, :buyer, :ref, :method, :amount || '.00', :status, :time, :paid_time,
  :idem)
ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id, user_id = excluded.user_id,
  provider_ref = excluded.provider_ref, method = excluded.method, amount = excluded.amount,
  status = excluded.status, time = excluded.time, paid_time = excluded.paid_time,
  idem_key = excluded.idem_key;
DELETE FROM refund WHERE payment_id = :_key;
DELETE FROM return_request WHERE payment_id = :_key;
INSERT INTO return_request (id, order_id, payment_id, type, status, amount)
SELECT value ->> 0, :order_id, :_key, value ->> 1, value ->> 2, value ->> 3 || '.00'
FROM json_each(:returns);
INSERT INTO refund (id, return_id, order_id, payment_id, amount, status)
SELECT value ->> 0, value ->> 1, :order_id, :_key, value ->> 3 || '.00', value ->> 2
FROM json_each(:refunds);
-- delete:
DELETE FROM payment WHERE id = :_key;
-- check:
SELECT * FROM payment_row WHERE _key = :_key;
-- present:
SELECT id AS _key FROM payment WHERE id BETWEEN :from AND :to ORDER BY 1;
