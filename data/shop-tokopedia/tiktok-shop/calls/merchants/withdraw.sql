-- Pays :shop what stands in its statements as PROCESSING, and says how much (rupiah).
-- A day that is not over (UTC) waits: it may still earn.
-- What was paid stays paid, whether or not the answer is waited for.
-- replay:
SELECT CAST(answer AS INTEGER) AS paid_out FROM merchants_request
WHERE idem_key = :idem AND kind = 'withdraw';
-- do:
INSERT INTO merchants_request (idem_key, kind, answer)
SELECT :idem, 'withdraw', '' || coalesce(sum(minor(settlement_amount)) / 100, 0) FROM statement
WHERE shop_id = :shop AND statement_time < now() / 86400000000 * 86400
AND payment_status = 'PROCESSING';
UPDATE statement SET payment_status = 'PAID'
WHERE shop_id = :shop AND statement_time < now() / 86400000000 * 86400
AND payment_status = 'PROCESSING';
SELECT CAST(answer AS INTEGER) AS paid_out FROM merchants_request WHERE idem_key = :idem;
