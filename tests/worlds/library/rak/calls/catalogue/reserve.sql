-- Sets the copies of :lines (JSON: item, qty) aside and says what they cost.
-- replay:
SELECT priced FROM title_hold WHERE idem_key = :idem AND held = 1;
-- do:
SELECT refuse('undone') WHERE EXISTS (SELECT 1 FROM title_hold WHERE idem_key = :idem);
SELECT refuse('the shelf is empty') WHERE json_array_length(coalesce(:lines, '[]')) = 0;
SELECT refuse('none left')
FROM json_each(:lines) AS l LEFT JOIN title t ON t.title_no = json_extract(l.value, '$.item')
WHERE coalesce(t.free_copies, 0) < json_extract(l.value, '$.qty');
UPDATE title SET free_copies = free_copies - json_extract(l.value, '$.qty')
FROM json_each(:lines) AS l WHERE title_no = json_extract(l.value, '$.item');
INSERT INTO title_hold (idem_key, lines, priced, held)
SELECT :idem, :lines, json_group_array(json_object('item', item, 'qty', qty, 'fee', fee)), 1
FROM (SELECT t.title_no AS item, json_extract(l.value, '$.qty') AS qty, t.fee AS fee
      FROM json_each(:lines) AS l JOIN title t ON t.title_no = json_extract(l.value, '$.item')
      ORDER BY t.title_no);
SELECT priced FROM title_hold WHERE idem_key = :idem;
