-- The same again is the same; what was undone is refused.
-- replay:
SELECT 1 AS taken FROM stock_log WHERE idem = :idem AND what = 'take';
-- do:
SELECT refuse('undone')
WHERE EXISTS (SELECT 1 FROM stock_log WHERE idem = :idem AND what = 'untake');
INSERT INTO stock_log (what, idem, amount) VALUES ('take', :idem, :amount);
SELECT 1 AS taken;
