-- The gateway has sent the money of :payment_token back.
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id)
SELECT p.payment_id,
  (SELECT ext_order_id FROM payment_order WHERE payment_id = p.payment_id ORDER BY ext_order_id LIMIT 1),
  3, 'cancelled', p.amount, 'SUCCESS', CASE WHEN p.ext_platform IS NOT NULL THEN snowflake(:idem, now()) END
FROM payment p
WHERE p.gateway_ref = :payment_token AND p.status_id = 2;
UPDATE payment SET status_id = 4 WHERE gateway_ref = :payment_token AND status_id = 2;
SELECT CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status
FROM payment p WHERE p.gateway_ref = :payment_token;
