-- What Pustaka believes of the cashier's money.
SELECT idem_key AS witness, ref, minor(amount) AS amount,
       CASE WHEN status IN ('PAID', 'TO_REFUND') THEN 'captured' WHEN status = 'OPEN' THEN 'pending'
            WHEN status = 'REFUNDED' THEN 'refunded' ELSE 'none' END AS state,
       method AS by, id AS root
FROM fee ORDER BY idem_key;
