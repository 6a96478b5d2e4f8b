-- Starts the payment of :total rupiah for :order_token by :method, and names it as the gateway will know it.
-- replay:
SELECT p.provider_ref AS payment_token, minor(p.amount) AS pay_amount,
  CASE p.status WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payments_request r JOIN payment p ON p.provider_ref = r.answer
WHERE r.idem_key = :idem AND r.kind = 'start';
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM payments_request WHERE idem_key = :idem AND kind = 'void');
INSERT INTO payments_request (idem_key, kind, answer) VALUES (:idem, 'start', 'TT' || new_id(:idem));
INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, idem_key)
VALUES (new_id(:idem), :order_token, :buyer, 'TT' || new_id(:idem), :method, printf('%d.00', :total),
  CASE :method WHEN 'cod' THEN 'COD' ELSE 'PENDING' END, now() / 1000000, :idem);
SELECT p.provider_ref AS payment_token, minor(p.amount) AS pay_amount,
  CASE p.status WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment p WHERE p.idem_key = :idem;
