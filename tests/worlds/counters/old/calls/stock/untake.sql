-- Undoes take; leaves a tombstone if that has not come yet.
INSERT INTO stock_log (what, idem)
SELECT 'untake', :idem
WHERE NOT EXISTS (SELECT 1 FROM stock_log WHERE idem = :idem AND what = 'untake');
SELECT 1 AS un_take;
