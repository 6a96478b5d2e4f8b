-- Which fees were asked for by which key, tombstones included.
-- move: fees
-- root: charge_request(idem_key)
-- extract:
SELECT r.idem_key AS _key, r.undone
FROM charge_request r WHERE r.idem_key BETWEEN :from AND :to AND r.home = 'source'
ORDER BY r.idem_key;
-- load:
INSERT INTO fee_request (idem_key, state) VALUES (:_key, iif(:undone = 1, 'UNDONE', 'STARTED'))
ON CONFLICT DO UPDATE SET state = excluded.state;
-- delete:
DELETE FROM fee_request WHERE idem_key = :_key;
-- check:
SELECT idem_key AS _key, iif(state = 'UNDONE', 1, 0) AS undone FROM fee_request
WHERE idem_key = :_key;
-- present:
SELECT idem_key AS _key FROM fee_request WHERE idem_key BETWEEN :from AND :to ORDER BY idem_key;
