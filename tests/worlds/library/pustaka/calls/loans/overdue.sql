-- Loans that nobody paid for in time, oldest first.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', reader_id)) AS list
FROM (SELECT idem_key, reader_id FROM loan
      WHERE :home = 'source' AND status = 'WAITING'
      AND create_time <= (now() - :unpaid_for) / 1000000
      ORDER BY create_time, idem_key LIMIT 200);
