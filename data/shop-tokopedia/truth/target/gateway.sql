-- What became of the money, as this platform knows it.
SELECT idem_key AS witness, gateway_ref AS ref, amount * 100 AS amount,
  CASE status_id WHEN 2 THEN 'captured' WHEN 1 THEN 'pending' WHEN 4 THEN 'refunded'
    ELSE 'none' END AS state,
  CASE gateway_id WHEN 1 THEN 'ewallet' WHEN 2 THEN 'va' WHEN 3 THEN 'card' WHEN 4 THEN 'cod'
    ELSE 'minimarket' END AS "by",
  payment_id AS root
FROM payment;
