-- Titles under a search term, by number.
SELECT json_group_array(json_object('item', title_no, 'title', name)) AS found
FROM (SELECT title_no, name FROM title WHERE term = :term ORDER BY title_no LIMIT 20);
