-- One loan as its reader sees it.
SELECT l.idem_key AS idem, l.reader_id AS buyer, lower(l.status) AS status, minor(l.total) AS total,
       c.mark AS pickup,
       (SELECT json_group_array(json_object('item', book_id, 'qty', n))
        FROM (SELECT book_id, count(*) AS n FROM loan_item WHERE loan_id = l.id
              GROUP BY book_id ORDER BY book_id)) AS lines
FROM loan l JOIN crate c ON c.id = l.crate_id
WHERE l.id = (SELECT id FROM loan WHERE id = :loan_token UNION ALL
              SELECT id FROM loan WHERE rak_no = :loan_token LIMIT 1);
