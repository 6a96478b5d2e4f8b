-- One loan as its reader sees it.
SELECT l.idem, l.buyer, l.status, l.total, l.pickup,
       (SELECT json_group_array(json_object('item', item, 'qty', quantity))
        FROM (SELECT item, quantity FROM lending_line
              WHERE lending_no = l.lending_no ORDER BY item)) AS lines
FROM lending_seen l
WHERE l.lending_no = (SELECT lending_no FROM lending WHERE ext_loan_id = :loan_token UNION ALL
                      SELECT lending_no FROM lending WHERE lending_no = :loan_token LIMIT 1);
