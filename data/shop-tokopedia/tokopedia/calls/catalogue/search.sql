-- The first page of what :keyword finds.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items
FROM (SELECT card FROM product WHERE keyword = :keyword AND card IS NOT NULL ORDER BY product_id LIMIT 10);
