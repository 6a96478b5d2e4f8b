-- The reader's loans, by their keys.
SELECT json_group_array(json_object('idem', idem_key, 'status', status, 'total', total)) AS loans
FROM (SELECT idem_key, lower(status) AS status, minor(total) AS total FROM loan
      WHERE reader_id = :buyer ORDER BY idem_key);
