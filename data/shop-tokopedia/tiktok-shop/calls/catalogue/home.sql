-- The front page, under the shop's present name: the ten best known products, each by its first
-- sku.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items, :front AS front
FROM (SELECT card FROM product WHERE status = 'ACTIVATE' ORDER BY id LIMIT 10);
