-- What was answered to which cart key: TikTok Shop to Tokopedia.
-- move: carts
-- root: carts_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, lines FROM carts_request WHERE idem_key BETWEEN :from AND :to ORDER BY idem_key;
-- load:
INSERT INTO carts_request (idem_key, ext_platform, kind, lines) VALUES (:_key, 'tiktok', :kind, :lines)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, lines = excluded.lines WHERE ext_platform = 'tiktok';
-- delete:
DELETE FROM carts_request WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- check:
SELECT idem_key AS _key, kind, lines FROM carts_request WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- present:
SELECT idem_key AS _key FROM carts_request WHERE idem_key BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY 1;
