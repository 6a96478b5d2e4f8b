-- Starts the payment of :total rupiah for :order_token by :method, and names it as the gateway will
-- know it.
-- replay:
SELECT p.payment_token, p.pay_amount, p.pay_status
FROM payments_request r JOIN payment_seen p ON p.payment_token = r.answer
WHERE r.idem_key = :idem AND r.kind = 'start';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM payments_request WHERE idem_key = :idem AND kind = 'void');
INSERT INTO payments_request (idem_key, kind, answer)
VALUES (:idem, 'start', 'TT' || new_id(:idem));
INSERT INTO payment (id, order_id, user_id, provider_ref, method, amount, status, time, idem_key)
VALUES (new_id(:idem), :order_token, :buyer, 'TT' || new_id(:idem), :method,
  printf('%d.00', :total),
  CASE :method WHEN 'cod' THEN 'COD' ELSE 'PENDING' END, now() / 1000000, :idem);
SELECT payment_token, pay_amount, pay_status FROM payment_seen WHERE idem = :idem;
