-- The first page of :category.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items
FROM (SELECT card FROM product WHERE category = :category AND status = 'ACTIVATE' ORDER BY id
  LIMIT 10);
