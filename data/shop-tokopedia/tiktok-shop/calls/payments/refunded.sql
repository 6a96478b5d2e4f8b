-- The gateway has sent the money of :payment_token back.
INSERT INTO refund (id, order_id, payment_id, amount, status)
SELECT new_id(:idem), p.order_id, p.id, p.amount, 'SUCCESS' FROM payment p
WHERE p.provider_ref = :payment_token AND p.status = 'PAID';
UPDATE payment SET status = 'REFUNDED' WHERE provider_ref = :payment_token AND status = 'PAID';
SELECT CASE p.status WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment p WHERE p.provider_ref = :payment_token;
