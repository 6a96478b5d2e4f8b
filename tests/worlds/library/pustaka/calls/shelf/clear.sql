-- Takes everything off the reader's shelf.
DELETE FROM shelf_item WHERE reader_id = :buyer;
SELECT 1 AS cleared;
