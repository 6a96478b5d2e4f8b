-- What was asked for by which key, tombstones included.
-- move: loans
-- root: lending_request(idem_key)
-- extract:
SELECT r.idem_key AS _key, r.undone
FROM lending_request r WHERE r.idem_key BETWEEN :from AND :to AND r.home = 'source'
ORDER BY r.idem_key;
-- load:
INSERT INTO loan_request (idem_key, state) VALUES (:_key, iif(:undone = 1, 'UNDONE', 'PLACED'))
ON CONFLICT DO UPDATE SET state = excluded.state;
-- delete:
DELETE FROM loan_request WHERE idem_key = :_key;
-- check:
SELECT idem_key AS _key, iif(state = 'UNDONE', 1, 0) AS undone FROM loan_request
WHERE idem_key = :_key;
-- present:
SELECT idem_key AS _key FROM loan_request WHERE idem_key BETWEEN :from AND :to ORDER BY idem_key;
