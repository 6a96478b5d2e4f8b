-- The same again is the same; what was undone is refused.
-- replay:
SELECT 'r' || :idem AS ref FROM money_log WHERE idem = :idem AND what = 'start';
-- do:
SELECT refuse('undone')
WHERE EXISTS (SELECT 1 FROM money_log WHERE idem = :idem AND what = 'stop');
INSERT INTO money_log (what, idem, amount) VALUES ('start', :idem, :amount);
SELECT 'r' || :idem AS ref;
