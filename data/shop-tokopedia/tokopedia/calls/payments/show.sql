-- How the payment of :idem stands.
SELECT CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status
FROM payment p WHERE p.idem_key = :idem;
