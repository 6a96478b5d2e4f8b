-- How the payment of :idem stands.
SELECT CASE p.status WHEN 'PENDING' THEN 'pending' WHEN 'PAID' THEN 'captured' WHEN 'VOID' THEN 'void'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'cod' END AS pay_status
FROM payment p WHERE p.idem_key = :idem;
