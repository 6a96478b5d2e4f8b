-- The first page of what :keyword finds.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items
FROM (
  SELECT * FROM (SELECT card FROM product WHERE keyword = :keyword AND card IS NOT NULL
    AND :home IS NOT 'source'
    ORDER BY product_id LIMIT 10)
  UNION ALL
  SELECT * FROM (SELECT card FROM ext_product WHERE keyword = :keyword AND card IS NOT NULL
    AND status = 1 AND :home IS 'source'
    ORDER BY ext_product_id LIMIT 10));
