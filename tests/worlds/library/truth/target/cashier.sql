-- What Rak believes of the cashier's money.
SELECT idem_key AS witness, ref, amount,
       CASE WHEN state IN (2, 9) THEN 'captured' WHEN state = 1 THEN 'pending'
         WHEN state = 10 THEN 'refunded'
            ELSE 'none' END AS state,
       method AS by, charge_no AS root
FROM charge ORDER BY idem_key;
