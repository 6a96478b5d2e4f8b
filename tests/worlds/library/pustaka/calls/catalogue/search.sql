-- Books under a search term, by id.
SELECT json_group_array(json_object('item', id, 'title', title)) AS found
FROM (SELECT id, title FROM book WHERE term = :term ORDER BY id LIMIT 20);
