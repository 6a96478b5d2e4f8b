-- Payments of TikTok Shop's shoppers, moved or started here: Tokopedia to TikTok Shop.
-- A payment knows its buyer, so that a change of the buyer map changes no payment.
-- move: payments
-- root: payment(ext_payment_id)
-- via: payment_order SELECT ext_payment_id FROM payment WHERE payment_id = :key AND ext_platform = 'tiktok'
-- via: resolution SELECT p.ext_payment_id FROM resolution r JOIN payment p ON p.payment_id = r.payment_id WHERE r.id = :key AND p.ext_platform = 'tiktok'
-- via: payment_buyer_map SELECT NULL WHERE :key IS NULL
-- extract:
SELECT p.ext_payment_id AS _key, p.idem_key AS idem,
  (SELECT max(o.ext_order_id) FROM payment_order o WHERE o.payment_id = p.payment_id AND o.ext_platform = 'tiktok') AS order_id,
  p.ext_buyer AS buyer, p.gateway_ref AS ref,
  CASE p.gateway_id WHEN 1 THEN 'ewallet' WHEN 2 THEN 'va' WHEN 3 THEN 'card' WHEN 4 THEN 'cod' WHEN 5 THEN 'minimarket' END AS method,
  p.amount,
  CASE p.status_id WHEN 1 THEN 'PENDING' WHEN 2 THEN 'PAID' WHEN 3 THEN 'VOID' WHEN 4 THEN 'REFUNDED' WHEN 5 THEN 'COD' END AS status,
  time_seconds(p.create_time) - 25200 AS time, coalesce(time_seconds(p.payment_date) - 25200, 0) AS paid_time,
  (SELECT json_group_array(json_array(id, type, status, amount))
   FROM (SELECT ext_return_id AS id, upper(kind) AS type, amount,
           CASE state WHEN 0 THEN 'PENDING' WHEN 1 THEN 'APPROVED' WHEN 2 THEN 'REJECTED' ELSE 'COMPLETE' END AS status
         FROM resolution r WHERE r.payment_id = p.payment_id AND ext_return_id IS NOT NULL ORDER BY ext_return_id)) AS returns,
  (SELECT json_group_array(json_array(id, return_id, status, amount))
   FROM (SELECT ext_refund_id AS id, ext_return_id AS return_id, refund_state AS status, amount FROM resolution r
         WHERE r.payment_id = p.payment_id AND ext_refund_id IS NOT NULL ORDER BY ext_refund_id)) AS refunds
FROM payment p
WHERE p.ext_payment_id BETWEEN :from AND :to
ORDER BY p.ext_payment_id;
-- load:
INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, paid_time, idem_key)
VALUES (:_key, :order_id, :buyer, :ref, :method, :amount || '.00', :status, :time, :paid_time, :idem)
ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id, user_id = excluded.user_id, provider_ref = excluded.provider_ref,
  method = excluded.method, amount = excluded.amount, status = excluded.status, time = excluded.time,
  paid_time = excluded.paid_time, idem_key = excluded.idem_key;
DELETE FROM refund WHERE payment_id = :_key;
DELETE FROM return_request WHERE payment_id = :_key;
INSERT INTO return_request (id, order_id, payment_id, type, status, amount)
SELECT value ->> 0, :order_id, :_key, value ->> 1, value ->> 2, value ->> 3 || '.00' FROM json_each(:returns);
INSERT INTO refund (id, return_id, order_id, payment_id, amount, status)
SELECT value ->> 0, value ->> 1, :order_id, :_key, value ->> 3 || '.00', value ->> 2 FROM json_each(:refunds);
-- delete:
DELETE FROM payment WHERE id = :_key;
-- check:
SELECT p.id AS _key, p.idem_key AS idem, p.order_id, p.user_id AS buyer, p.provider_ref AS ref, p.method,
  CAST(p.amount AS INTEGER) AS amount, p.status, p.time, p.paid_time,
  (SELECT json_group_array(json_array(id, type, status, amount))
   FROM (SELECT id, type, status, CAST(amount AS INTEGER) AS amount FROM return_request r
         WHERE r.payment_id = p.id ORDER BY r.id)) AS returns,
  (SELECT json_group_array(json_array(id, return_id, status, amount))
   FROM (SELECT id, return_id, status, CAST(amount AS INTEGER) AS amount FROM refund f
         WHERE f.payment_id = p.id ORDER BY f.id)) AS refunds
FROM payment p
WHERE p.id = :_key;
-- present:
SELECT id AS _key FROM payment WHERE id BETWEEN :from AND :to ORDER BY 1;
