-- The member's loans, by their keys.
SELECT json_group_array(json_object('idem', idem_key, 'status', status, 'total', amount)) AS loans
FROM (SELECT idem_key, CASE state WHEN 10 THEN 'waiting' WHEN 20 THEN 'paid' WHEN 30 THEN 'lent'
                       ELSE 'cancelled' END AS status, amount
      FROM lending WHERE borrower = :buyer ORDER BY idem_key);
