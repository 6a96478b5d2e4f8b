-- Loans of :home's readers that nobody paid for in time, oldest first.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', borrower)) AS list
FROM (SELECT idem_key, borrower FROM lending
      WHERE home = :home AND state = 10
        AND placed_at <= time_text((now() - :unpaid_for) / 1000000)
      ORDER BY placed_at, idem_key LIMIT 200);
