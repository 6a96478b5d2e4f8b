-- The first page of :category.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items
FROM (SELECT card FROM product WHERE category = :category AND card IS NOT NULL ORDER BY product_id LIMIT 10);
