-- The gateway has the money of :payment_token.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment
  WHERE gateway_ref = :payment_token);
UPDATE payment SET status_id = 2,
  payment_date = local_text(now() / 1000000)
WHERE gateway_ref = :payment_token AND status_id IN (1, 3);
SELECT pay_status FROM payment_seen WHERE payment_token = :payment_token;
