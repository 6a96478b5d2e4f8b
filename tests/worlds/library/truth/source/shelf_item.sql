-- Books on shelves as facts.
SELECT reader_id || '/' || book_id AS witness, NULL AS token, reader_id AS buyer, reader_id AS root
FROM shelf_item ORDER BY reader_id, book_id;
