-- Undoes start; leaves a tombstone if that has not come yet.
INSERT INTO money_log (what, idem)
SELECT 'stop', :idem
WHERE NOT EXISTS (SELECT 1 FROM money_log WHERE idem = :idem AND what = 'stop');
SELECT 1 AS un_start;
