-- The gateway has the money of :payment_token.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment
  WHERE provider_ref = :payment_token);
UPDATE payment SET status = 'PAID', paid_time = now() / 1000000
WHERE provider_ref = :payment_token AND status IN ('PENDING', 'VOID');
SELECT pay_status FROM payment_seen WHERE payment_token = :payment_token;
