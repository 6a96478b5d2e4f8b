-- What was reserved under which key of TikTok Shop's shoppers: Tokopedia to TikTok Shop.
-- move: catalogue
-- root: catalogue_request(idem_key)
-- extract:
SELECT idem_key AS _key, kind, lines, picks, ext_shop_id AS shop, hold, shipping
FROM catalogue_request
WHERE idem_key BETWEEN :from AND :to AND ext_platform = 'tiktok' ORDER BY idem_key;
-- load:
INSERT INTO catalogue_request (idem_key, kind, lines, picks, shop_id, hold, shipping)
VALUES (:_key, :kind, :lines, :picks, :shop, :hold, :shipping)
ON CONFLICT (idem_key) DO UPDATE SET kind = excluded.kind, lines = excluded.lines,
  picks = excluded.picks, shop_id = excluded.shop_id, hold = excluded.hold,
  shipping = excluded.shipping;
-- delete:
DELETE FROM catalogue_request WHERE idem_key = :_key;
-- check:
SELECT idem_key AS _key, kind, lines, picks, shop_id AS shop, hold, shipping FROM catalogue_request
WHERE idem_key = :_key;
-- present:
SELECT idem_key AS _key FROM catalogue_request WHERE idem_key BETWEEN :from AND :to ORDER BY 1;
