-- The first page of what :keyword finds.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items
FROM (SELECT card FROM product WHERE keyword = :keyword AND status = 'ACTIVATE' ORDER BY id
  LIMIT 10);
