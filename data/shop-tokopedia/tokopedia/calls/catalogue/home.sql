-- The front page, under the shop's present name: the ten best known products on sale, each by its
-- first variant.
SELECT '[' || coalesce(group_concat(card), '') || ']' AS items, :front AS front
FROM (
  SELECT * FROM (SELECT card FROM product WHERE card IS NOT NULL AND :home IS NOT 'source'
    ORDER BY product_id LIMIT 10)
  UNION ALL
  SELECT * FROM (SELECT card FROM ext_product WHERE card IS NOT NULL AND status = 1
    AND :home IS 'source'
    ORDER BY ext_product_id LIMIT 10));
