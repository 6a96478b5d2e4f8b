-- The units and the money of a cancelled order are back.
UPDATE orders SET stock_return = 0 WHERE idem_key = :idem AND stock_return = 2;
SELECT 1 AS ok;
