-- Payments with their returns and refunds: TikTok Shop to Tokopedia.
-- The order may still live at TikTok Shop: payment_order names it by its id there.
-- A return and its refund become one resolution, as does a refund without a return.
-- move: payments
-- root: payment(id)
-- child: return_request(payment_id)
-- child: refund(payment_id)
-- drops: payment.payment_id, a payment that goes back and comes again is numbered by its key
-- drops: payment_order.payment_id, as its payment
-- drops: resolution.payment_id, as its payment
-- drops: resolution.id, what comes again is numbered anew
-- drops: payment.currency, is rupiah in all
-- drops: refund.order_id, is the order of its payment
-- drops: return_request.order_id, is the order of its payment
-- extract:
SELECT * FROM payment_row WHERE _key BETWEEN :from AND :to ORDER BY _key;
-- load:
-- As with orders, the number comes from the idempotency key, and the delete takes along what hung
-- on it.
DELETE FROM payment WHERE ext_platform = 'tiktok' AND ext_payment_id = :_key;
INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, status_id, create_time,
  payment_date, ext_platform, ext_payment_id, ext_buyer, idem_key)
VALUES (:moved_in + :idem,
  (SELECT user_id FROM payment_buyer_map WHERE ext_id = :buyer),
  CASE :method
    WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3 WHEN 'cod' THEN 4
    WHEN 'minimarket' THEN 5 END,
  :ref, :amount,
  CASE :status
    WHEN 'PENDING' THEN 1 WHEN 'PAID' THEN 2 WHEN 'VOID' THEN 3 WHEN 'REFUNDED' THEN 4
    WHEN 'COD' THEN 5 END,
  local_text(:time), CASE WHEN :paid_time > 0 THEN local_text(:paid_time) END,
  'tiktok', :_key, :buyer, :idem);
INSERT INTO payment_order (payment_id, ext_platform, ext_order_id)
VALUES (:moved_in + :idem, 'tiktok', :order_id);
INSERT INTO resolution
  (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id, ext_return_id)
SELECT :moved_in + :idem, :order_id,
  CASE r.value ->> 2 WHEN 'PENDING' THEN 0 WHEN 'APPROVED' THEN 1 WHEN 'REJECTED' THEN 2 ELSE 3 END,
  lower(r.value ->> 1), r.value ->> 3, f.value ->> 2, f.value ->> 0, r.value ->> 0
FROM json_each(:returns) r LEFT JOIN json_each(:refunds) f ON f.value ->> 1 = r.value ->> 0
WHERE :returns <> '[]'
UNION ALL
SELECT :moved_in + :idem, :order_id, 3, 'cancelled', value ->> 3, value ->> 2, value ->> 0, NULL
FROM json_each(:refunds)
WHERE :refunds <> '[]' AND value ->> 1 IS NULL;
-- delete:
DELETE FROM payment WHERE ext_platform = 'tiktok' AND ext_payment_id = :_key;
-- check:
SELECT _key, idem, order_id, ref, method, amount, status, time, paid_time, returns, refunds,
  (SELECT ext_id FROM payment_buyer_map m
   WHERE m.ext_id = p.ext_buyer AND m.user_id = p.user_id) AS buyer
FROM payment_row p
WHERE ext_platform = 'tiktok' AND _key = :_key;
-- present:
SELECT ext_payment_id AS _key FROM payment WHERE ext_payment_id BETWEEN :from AND :to ORDER BY 1;
