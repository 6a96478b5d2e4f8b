-- Sets the copies of :lines (JSON: item, qty) aside and says what they cost.
-- replay:
SELECT priced FROM hold WHERE idem_key = :idem AND state = 'HELD';
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM hold WHERE idem_key = :idem);
SELECT refuse('the shelf is empty') WHERE json_array_length(coalesce(:lines, '[]')) = 0;
SELECT refuse('none left')
FROM json_each(:lines) AS l LEFT JOIN copies c ON c.book_id = json_extract(l.value, '$.item')
WHERE coalesce(c.available, 0) < json_extract(l.value, '$.qty');
UPDATE copies SET available = available - json_extract(l.value, '$.qty')
FROM json_each(:lines) AS l WHERE book_id = json_extract(l.value, '$.item');
INSERT INTO hold (idem_key, lines, priced, state)
SELECT :idem, :lines, json_group_array(json_object('item', item, 'qty', qty, 'fee', fee)), 'HELD'
FROM (SELECT b.id AS item, json_extract(l.value, '$.qty') AS qty, minor(b.fee) AS fee
      FROM json_each(:lines) AS l JOIN book b ON b.id = json_extract(l.value, '$.item')
      ORDER BY b.id);
SELECT priced FROM hold WHERE idem_key = :idem;
