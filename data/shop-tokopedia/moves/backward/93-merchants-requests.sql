-- What was answered to which key of a claim or a withdrawal of TikTok Shop's people: Tokopedia to TikTok Shop.
-- move: merchants
-- root: merchants_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, answer FROM merchants_request
WHERE idem_key BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY idem_key;
-- load:
INSERT INTO merchants_request (idem_key, kind, answer) VALUES (:_key, :kind, :answer)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer;
-- delete:
DELETE FROM merchants_request WHERE idem_key = :_key;
-- check:
SELECT idem_key AS _key, kind, answer FROM merchants_request WHERE idem_key = :_key;
-- present:
SELECT idem_key AS _key FROM merchants_request WHERE idem_key BETWEEN :from AND :to ORDER BY 1;
