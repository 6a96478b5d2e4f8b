-- What was answered to which key of a claim or a withdrawal, tombstones included: TikTok Shop to Tokopedia.
-- move: merchants
-- root: merchants_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, answer FROM merchants_request WHERE idem_key BETWEEN :from AND :to ORDER BY idem_key;
-- load:
INSERT INTO merchants_request (idem_key, ext_platform, kind, answer) VALUES (:_key, 'tiktok', :kind, :answer)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, answer = excluded.answer WHERE ext_platform = 'tiktok';
-- delete:
DELETE FROM merchants_request WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- check:
SELECT idem_key AS _key, kind, answer FROM merchants_request WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- present:
SELECT idem_key AS _key FROM merchants_request WHERE idem_key BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY 1;
