-- Empties the member's basket.
DELETE FROM basket_line WHERE owner = :buyer;
SELECT 1 AS cleared;
