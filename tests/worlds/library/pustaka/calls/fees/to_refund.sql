-- Fees that came in for loans that were undone, by key.
SELECT json_group_array(json_object('idem', idem_key, 'fee_token', ref, 'pay_amount', amount))
  AS list
FROM (SELECT idem_key, ref, minor(amount) AS amount FROM fee
      WHERE :home = 'source' AND status = 'TO_REFUND' ORDER BY idem_key LIMIT 200);
