-- What became of the money, as this platform knows it.
SELECT idem_key AS witness, provider_ref AS ref, minor(amount) AS amount,
  CASE status WHEN 'PAID' THEN 'captured' WHEN 'PENDING' THEN 'pending'
    WHEN 'REFUNDED' THEN 'refunded' ELSE 'none' END AS state,
  method AS "by", id AS root
FROM payment;
