-- What stands on the reader's shelf.
SELECT json_group_array(json_object('item', book_id, 'qty', 1)) AS lines
FROM (SELECT book_id FROM shelf_item WHERE reader_id = :buyer ORDER BY book_id);
