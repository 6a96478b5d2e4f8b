-- The first page of :category.
SELECT json_group_array(json_object('item', item, 'title', title, 'price', price)) AS items
FROM (
  SELECT s.id AS item, p.title, minor(s.price) / 100 AS price
  FROM product p
  JOIN sku s ON s.product_id = p.id AND s.id = (SELECT min(id) FROM sku WHERE product_id = p.id)
  WHERE p.category = :category AND p.status = 'ACTIVATE'
  ORDER BY p.id
  LIMIT 20);
