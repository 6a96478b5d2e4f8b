-- The gateway has sent the money of :payment_token back.
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id)
SELECT payment_id, order_token, 3, 'cancelled', amount, 'SUCCESS',
  CASE WHEN ext_platform IS NOT NULL THEN snowflake(:idem, now()) END
FROM payment_seen
WHERE payment_token = :payment_token AND status_id = 2;
UPDATE payment SET status_id = 4 WHERE gateway_ref = :payment_token AND status_id = 2;
SELECT pay_status FROM payment_seen WHERE payment_token = :payment_token;
