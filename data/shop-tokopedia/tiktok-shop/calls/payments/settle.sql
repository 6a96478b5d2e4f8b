-- The gateway has the money of :payment_token.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment WHERE provider_ref = :payment_token);
UPDATE payment SET status = 'PAID', paid_time = now() / 1000000
WHERE provider_ref = :payment_token AND status IN ('PENDING', 'VOID');
SELECT CASE p.status WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment p WHERE p.provider_ref = :payment_token;
