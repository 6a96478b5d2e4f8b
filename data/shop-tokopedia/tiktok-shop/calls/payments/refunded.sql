-- The gateway has sent the money of :payment_token back.
INSERT INTO refund (id, order_id, payment_id, amount, status)
SELECT new_id(:idem), p.order_id, p.id, p.amount, 'SUCCESS' FROM payment p
WHERE p.provider_ref = :payment_token AND p.status = 'PAID';
UPDATE payment SET status = 'REFUNDED' WHERE provider_ref = :payment_token AND status = 'PAID';
SELECT pay_status FROM payment_seen WHERE payment_token = :payment_token;
