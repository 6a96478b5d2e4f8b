-- What was reserved under which key, and from which warehouses, tombstones included: TikTok Shop to
-- Tokopedia.
-- move: catalogue
-- root: catalogue_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, lines, picks, shop_id AS shop, hold, shipping FROM catalogue_request
WHERE idem_key BETWEEN :from AND :to ORDER BY idem_key;
-- load:
INSERT INTO catalogue_request (idem_key, ext_platform, kind, lines, picks, ext_shop_id, hold,
  shipping)
VALUES (:_key, 'tiktok', :kind, :lines, :picks, :shop, :hold, :shipping)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, lines = excluded.lines,
  picks = excluded.picks, ext_shop_id = excluded.ext_shop_id, hold = excluded.hold,
  shipping = excluded.shipping WHERE ext_platform = 'tiktok';
-- delete:
DELETE FROM catalogue_request WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- check:
SELECT idem_key AS _key, kind, lines, picks, ext_shop_id AS shop, hold, shipping
FROM catalogue_request
WHERE idem_key = :_key AND ext_platform = 'tiktok';
-- present:
SELECT idem_key AS _key FROM catalogue_request WHERE idem_key BETWEEN :from AND :to
AND ext_platform = 'tiktok' ORDER BY 1;
