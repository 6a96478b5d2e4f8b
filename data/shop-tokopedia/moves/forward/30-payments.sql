-- Payments with their returns and refunds: TikTok Shop to Tokopedia.
-- The order may still live at TikTok Shop: payment_order names it by its id there. A return and its refund become one
-- resolution, as does a refund without a return.
-- move: payments
-- root: payment(id)
-- child: return_request(payment_id)
-- child: refund(payment_id)
-- extract:
SELECT p.id AS _key, p.idem_key AS idem, p.order_id, p.user_id AS buyer, p.provider_ref AS ref, p.method,
  CAST(p.amount AS INTEGER) AS amount, p.status, p.time, p.paid_time,
  (SELECT json_group_array(json_array(id, type, status, amount))
   FROM (SELECT id, type, status, CAST(amount AS INTEGER) AS amount FROM return_request r
         WHERE r.payment_id = p.id ORDER BY r.id)) AS returns,
  (SELECT json_group_array(json_array(id, return_id, status, amount))
   FROM (SELECT id, return_id, status, CAST(amount AS INTEGER) AS amount FROM refund f
         WHERE f.payment_id = p.id ORDER BY f.id)) AS refunds
FROM payment p
WHERE p.id BETWEEN :from AND :to
ORDER BY p.id;
-- load:
-- As with orders, the number comes from the idempotency key, and the delete takes along what hung on it.
DELETE FROM payment WHERE ext_platform = 'tiktok' AND ext_payment_id = :_key;
INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, status_id, create_time, payment_date,
  ext_platform, ext_payment_id, ext_buyer, idem_key)
VALUES (3000000000000000 + :idem,
  (SELECT user_id FROM payment_buyer_map WHERE ext_id = :buyer),
  CASE :method WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3 WHEN 'cod' THEN 4 WHEN 'minimarket' THEN 5 END,
  :ref, :amount, CASE :status WHEN 'PENDING' THEN 1 WHEN 'PAID' THEN 2 WHEN 'VOID' THEN 3 WHEN 'REFUNDED' THEN 4 WHEN 'COD' THEN 5 END,
  time_text(:time + 25200),
  CASE WHEN :paid_time > 0 THEN time_text(:paid_time + 25200) END, 'tiktok', :_key, :buyer, :idem);
INSERT INTO payment_order (payment_id, ext_platform, ext_order_id) VALUES (3000000000000000 + :idem, 'tiktok', :order_id);
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id, ext_return_id)
SELECT 3000000000000000 + :idem, :order_id,
  CASE r.value ->> 2 WHEN 'PENDING' THEN 0 WHEN 'APPROVED' THEN 1 WHEN 'REJECTED' THEN 2 ELSE 3 END,
  lower(r.value ->> 1), r.value ->> 3, f.value ->> 2, f.value ->> 0, r.value ->> 0
FROM json_each(:returns) r LEFT JOIN json_each(:refunds) f ON f.value ->> 1 = r.value ->> 0
WHERE :returns <> '[]'
UNION ALL
SELECT 3000000000000000 + :idem, :order_id, 3, 'cancelled', value ->> 3, value ->> 2, value ->> 0, NULL
FROM json_each(:refunds)
WHERE :refunds <> '[]' AND value ->> 1 IS NULL;
-- delete:
DELETE FROM payment WHERE ext_platform = 'tiktok' AND ext_payment_id = :_key;
-- check:
SELECT p.ext_payment_id AS _key, p.idem_key AS idem,
  (SELECT max(o.ext_order_id) FROM payment_order o WHERE o.payment_id = p.payment_id AND o.ext_platform = 'tiktok') AS order_id,
  (SELECT ext_id FROM payment_buyer_map m WHERE m.ext_id = p.ext_buyer AND m.user_id = p.user_id) AS buyer, p.gateway_ref AS ref,
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
WHERE p.ext_platform = 'tiktok' AND p.ext_payment_id = :_key;
-- present:
SELECT ext_payment_id AS _key FROM payment WHERE ext_payment_id BETWEEN :from AND :to ORDER BY 1;
