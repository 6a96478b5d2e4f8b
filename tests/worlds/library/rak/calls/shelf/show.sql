-- What is in the member's basket.
SELECT json_group_array(json_object('item', item, 'qty', 1)) AS lines
FROM (SELECT item FROM basket_line WHERE owner = :buyer ORDER BY item);
