-- Not idempotent, either.
INSERT INTO orders_log (what, idem) VALUES ('sweep', :idem);
SELECT 1 AS swept;
