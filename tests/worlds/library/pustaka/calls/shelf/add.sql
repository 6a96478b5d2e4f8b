-- Puts a book on the reader's shelf; again is the same.
SELECT refuse('no such book') WHERE :item IS NULL;
INSERT INTO shelf_item (reader_id, book_id, added) VALUES (:buyer, :item, now() / 1000000)
ON CONFLICT DO NOTHING;
SELECT :item AS added;
