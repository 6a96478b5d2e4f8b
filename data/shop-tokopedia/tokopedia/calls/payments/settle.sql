-- The gateway has the money of :payment_token.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment WHERE gateway_ref = :payment_token);
UPDATE payment SET status_id = 2,
  payment_date = time_text(now() / 1000000 + 25200)
WHERE gateway_ref = :payment_token AND status_id IN (1, 3);
SELECT CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status
FROM payment p WHERE p.gateway_ref = :payment_token;
