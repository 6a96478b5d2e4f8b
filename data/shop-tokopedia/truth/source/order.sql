-- Orders as they stand.
SELECT idem_key AS witness, id AS token, user_id AS buyer,
  CASE status WHEN 'UNPAID' THEN 'unpaid' WHEN 'ON_HOLD' THEN 'on_hold'
    WHEN 'AWAITING_SHIPMENT' THEN 'paid'
    WHEN 'AWAITING_COLLECTION' THEN 'packed' WHEN 'PARTIALLY_SHIPPING' THEN 'packed'
      WHEN 'IN_TRANSIT' THEN 'shipped'
    WHEN 'DELIVERED' THEN 'delivered' WHEN 'COMPLETED' THEN 'completed'
      WHEN 'CANCELLED' THEN 'cancelled' END AS status,
  minor(total_amount) / 100 AS total, id AS root
FROM orders;
