-- The units of a cancelled order are back.
UPDATE orders SET stock_return = 0 WHERE idem_key = :idem AND stock_return = 1;
SELECT 1 AS ok;
