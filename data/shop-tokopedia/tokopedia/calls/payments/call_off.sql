-- The order was cancelled: nobody waits for its money any more, and what has come (pay_status captured) is to go back.
-- What was paid before this world began (idem < 0) its bank knows nothing of: that counts as given back at once.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment WHERE idem_key = :idem);
UPDATE payment SET status_id = 3 WHERE idem_key = :idem AND status_id = 1;
INSERT INTO resolution (payment_id, order_id, state, kind, amount, refund_state, ext_refund_id)
SELECT p.payment_id,
  (SELECT ext_order_id FROM payment_order WHERE payment_id = p.payment_id ORDER BY ext_order_id LIMIT 1),
  3, 'cancelled', p.amount, 'SUCCESS', CASE WHEN p.ext_platform IS NOT NULL THEN snowflake(:idem, now()) END
FROM payment p
WHERE p.idem_key = :idem AND p.idem_key < 0 AND p.status_id = 2;
UPDATE payment SET status_id = 4 WHERE idem_key = :idem AND idem_key < 0 AND status_id = 2;
SELECT p.gateway_ref AS payment_token, CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured'
    WHEN 3 THEN 'void' WHEN 4 THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment p WHERE p.idem_key = :idem;
