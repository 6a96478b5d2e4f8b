-- The same again is the same; what was undone is refused.
-- replay:
SELECT 'o' || :idem AS order_token FROM orders_log WHERE idem = :idem AND what = 'place';
-- do:
SELECT refuse('undone')
WHERE EXISTS (SELECT 1 FROM orders_log WHERE idem = :idem AND what = 'cancel');
INSERT INTO orders_log (what, idem, amount) VALUES ('place', :idem, :amount);
SELECT 'o' || :idem AS order_token;
