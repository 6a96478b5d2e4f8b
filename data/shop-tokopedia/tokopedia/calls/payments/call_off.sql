-- The order was cancelled: nobody waits for its money any more, and what has come (pay_status
-- captured) is to go back.
-- What was paid before this world began (idem < 0) its bank knows nothing of: that counts as given
-- back at once.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment WHERE idem_key = :idem);
UPDATE payment SET status_id = 3 WHERE idem_key = :idem AND status_id = 1;
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id)
SELECT payment_id, order_token, 3, 'cancelled', amount, 'SUCCESS',
  CASE WHEN ext_platform IS NOT NULL THEN snowflake(:idem, now()) END
FROM payment_seen
WHERE idem_key = :idem AND idem_key < 0 AND status_id = 2;
UPDATE payment SET status_id = 4 WHERE idem_key = :idem AND idem_key < 0 AND status_id = 2;
SELECT payment_token, pay_status FROM payment_seen WHERE idem = :idem;
