-- The front page, under the shop's present name: the twenty best known products on sale, each by its first variant.
SELECT json_group_array(json_object('item', item, 'title', title, 'price', price)) AS items, :front AS front
FROM (
  SELECT v.product_id AS item, p.name AS title, v.price_idr AS price
  FROM product p
  JOIN product v ON v.product_id =
    coalesce((SELECT min(product_id) FROM product WHERE parent_id = p.product_id), p.product_id)
  WHERE p.parent_id IS NULL AND p.status = 1
  ORDER BY p.product_id
  LIMIT 20);
