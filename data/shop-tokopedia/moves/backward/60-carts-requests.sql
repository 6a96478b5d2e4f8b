-- What was answered to which cart key of TikTok Shop's shoppers: Tokopedia to TikTok Shop.
-- move: carts
-- root: carts_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, lines FROM carts_request
WHERE idem_key BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY idem_key;
-- load:
INSERT INTO carts_request (idem_key, kind, lines) VALUES (:_key, :kind, :lines)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, lines = excluded.lines;
-- delete:
DELETE FROM carts_request WHERE idem_key = :_key;
-- check:
SELECT idem_key AS _key, kind, lines FROM carts_request WHERE idem_key = :_key;
-- present:
SELECT idem_key AS _key FROM carts_request WHERE idem_key BETWEEN :from AND :to ORDER BY 1;
