-- The cart, last touched first.
SELECT json_group_array(json_object('item', product_id, 'qty', quantity)) AS lines
FROM (SELECT product_id, quantity FROM cart WHERE user_id = :buyer ORDER BY idem_key DESC, product_id LIMIT 200);
