-- Copies that can still be lent.
SELECT book_id AS item, available FROM copies ORDER BY book_id;
