-- Which fees were asked for by which key, tombstones included.
-- move: fees
-- root: fee_request(idem_key)
-- extract:
SELECT r.idem_key AS _key, iif(r.state = 'UNDONE', 1, 0) AS undone
FROM fee_request r WHERE r.idem_key BETWEEN :from AND :to ORDER BY r.idem_key;
-- load:
INSERT INTO charge_request (idem_key, home, undone) VALUES (:_key, 'source', :undone)
ON CONFLICT DO UPDATE SET undone = excluded.undone;
-- delete:
DELETE FROM charge_request WHERE idem_key = :_key AND home = 'source';
-- check:
SELECT idem_key AS _key, undone FROM charge_request WHERE idem_key = :_key AND home = 'source';
-- present:
SELECT idem_key AS _key FROM charge_request
WHERE idem_key BETWEEN :from AND :to AND home = 'source' ORDER BY idem_key;
