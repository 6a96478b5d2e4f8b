-- Undoes place; leaves a tombstone if that has not come yet.
INSERT INTO orders_log (what, idem)
SELECT 'cancel', :idem
WHERE NOT EXISTS (SELECT 1 FROM orders_log WHERE idem = :idem AND what = 'cancel');
SELECT 1 AS un_place;
