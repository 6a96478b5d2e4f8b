-- Baskets of Pustaka's readers: back onto their shelves.
-- move: shelf
-- root: basket(owner)
-- child: basket_line(owner)
-- drops: basket, an empty one does not come back
-- extract:
SELECT b.owner AS _key,
       (SELECT json_group_array(json_object('item', item, 'added', added))
        FROM (SELECT item, time_seconds(added_at) AS added FROM basket_line
              WHERE owner = b.owner ORDER BY item)) AS lines
FROM basket b WHERE b.owner BETWEEN :from AND :to AND b.home = 'source'
  AND EXISTS (SELECT 1 FROM basket_line WHERE owner = b.owner)
ORDER BY b.owner;
-- load:
DELETE FROM shelf_item WHERE reader_id = :_key;
INSERT INTO shelf_item (reader_id, book_id, added)
SELECT :_key, json_extract(value, '$.item'), json_extract(value, '$.added') FROM json_each(:lines);
-- delete:
DELETE FROM shelf_item WHERE reader_id = :_key;
-- check:
SELECT :_key AS _key,
       (SELECT json_group_array(json_object('item', book_id, 'added', added))
        FROM (SELECT book_id, added FROM shelf_item WHERE reader_id = :_key ORDER BY book_id))
          AS lines;
-- present:
SELECT DISTINCT reader_id AS _key FROM shelf_item WHERE reader_id BETWEEN :from AND :to ORDER BY 1;
