-- The order was cancelled: nobody waits for its money any more, and what has come (pay_status
-- captured) is to go back.
-- What was paid before this world began (idem < 0) its bank knows nothing of: that counts as given
-- back at once.
SELECT refuse('no such payment') WHERE NOT EXISTS (SELECT 1 FROM payment WHERE idem_key = :idem);
UPDATE payment SET status = 'VOID' WHERE idem_key = :idem AND status = 'PENDING';
INSERT INTO refund (id, order_id, payment_id, amount, status)
SELECT new_id(:idem), p.order_id, p.id, p.amount, 'SUCCESS' FROM payment p
WHERE p.idem_key = :idem AND p.idem_key < 0 AND p.status = 'PAID';
UPDATE payment SET status = 'REFUNDED' WHERE idem_key = :idem AND idem_key < 0 AND status = 'PAID';
SELECT payment_token, pay_status FROM payment_seen WHERE idem = :idem;
