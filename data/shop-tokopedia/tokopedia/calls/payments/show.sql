-- How the payment of :idem stands.
SELECT pay_status FROM payment_seen WHERE idem = :idem;
