-- Not idempotent: again is once more.
INSERT INTO orders_log (what, idem, amount) VALUES ('add', :idem, :amount);
SELECT count(*) AS seen FROM orders_log WHERE idem = :idem AND what = 'add';
