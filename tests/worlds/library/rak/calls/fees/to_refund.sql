-- Fees of :home's readers that came in for loans that were undone, by key.
SELECT json_group_array(json_object('idem', idem_key, 'fee_token', ref, 'pay_amount', amount))
  AS list
FROM (SELECT idem_key, ref, amount FROM charge
      WHERE home = :home AND state = 9 ORDER BY idem_key LIMIT 200);
