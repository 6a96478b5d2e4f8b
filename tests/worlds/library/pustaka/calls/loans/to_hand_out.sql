-- Paid loans that have waited in their crate long enough to be handed out, by key.
SELECT json_group_array(json_object('idem', idem_key, 'buyer', reader_id)) AS list
FROM (SELECT idem_key, reader_id FROM loan
      WHERE :home = 'source' AND status = 'PAID'
      AND paid_time <= (now() - :hand_out_after) / 1000000
      ORDER BY idem_key LIMIT 200);
