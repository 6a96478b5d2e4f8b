-- Paid loans of :home's readers that have waited long enough to be handed out, by key.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', borrower)) AS list
FROM (SELECT idem_key, borrower FROM lending
      WHERE home = :home AND state = 20
        AND paid_at <= time_text((now() - :hand_out_after) / 1000000)
      ORDER BY idem_key LIMIT 200);
