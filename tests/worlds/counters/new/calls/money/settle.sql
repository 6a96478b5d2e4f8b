-- What the bank said; not idempotent.
SELECT refuse('stopped')
WHERE EXISTS (SELECT 1 FROM money_log WHERE idem = :idem AND what = 'stop');
INSERT INTO money_log (what, idem, amount) VALUES ('settle', :idem, :amount);
SELECT sum(amount) AS settled FROM money_log WHERE idem = :idem AND what = 'settle';
