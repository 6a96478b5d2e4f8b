-- Shelves: one basket a reader.
-- move: shelf
-- root: shelf_item(reader_id)
-- extract:
SELECT s.reader_id AS _key,
       json_group_array(json_object('item', s.book_id, 'added', s.added)) AS lines
FROM shelf_item s WHERE s.reader_id BETWEEN :from AND :to
GROUP BY s.reader_id ORDER BY s.reader_id, s.book_id;
-- load:
INSERT INTO basket (owner, home) VALUES (:_key, 'source') ON CONFLICT DO NOTHING;
DELETE FROM basket_line WHERE owner = :_key;
INSERT INTO basket_line (owner, item, added_at)
SELECT :_key, json_extract(value, '$.item'),
       time_text(json_extract(value, '$.added'))
FROM json_each(:lines);
-- delete:
DELETE FROM basket_line WHERE owner = :_key;
-- check:
SELECT :_key AS _key,
       (SELECT json_group_array(json_object('item', item, 'added', added))
        FROM (SELECT item, time_seconds(added_at) AS added FROM basket_line
              WHERE owner = :_key ORDER BY item)) AS lines;
-- present:
SELECT b.owner AS _key FROM basket b
WHERE b.owner BETWEEN :from AND :to AND b.home = 'source'
  AND EXISTS (SELECT 1 FROM basket_line WHERE owner = b.owner)
ORDER BY b.owner;
