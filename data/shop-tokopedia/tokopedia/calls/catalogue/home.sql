-- The front page, under the shop's present name: the ten best known products on sale, each by its first variant.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items, :front AS front
FROM (SELECT card FROM product WHERE card IS NOT NULL ORDER BY product_id LIMIT 10);
