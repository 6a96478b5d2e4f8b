-- Which creator's live brought which order line: TikTok Shop to Tokopedia. The line is named as there, wherever it lives.
-- move: merchants
-- root: affiliate_attr(order_line_id)
-- extract:
SELECT order_line_id AS _key, creator_id AS creator, live_id AS live, commission_bps AS bps FROM affiliate_attr
WHERE order_line_id BETWEEN :from AND :to ORDER BY order_line_id;
-- load:
INSERT INTO affiliate_commission (ext_line_id, creator_id, live_id, commission_bps) VALUES (:_key, :creator, :live, :bps)
ON CONFLICT (ext_line_id) DO UPDATE SET creator_id = excluded.creator_id, live_id = excluded.live_id,
  commission_bps = excluded.commission_bps;
-- delete:
DELETE FROM affiliate_commission WHERE ext_line_id = :_key;
-- check:
SELECT ext_line_id AS _key, creator_id AS creator, live_id AS live, commission_bps AS bps FROM affiliate_commission
WHERE ext_line_id = :_key;
-- present:
SELECT ext_line_id AS _key FROM affiliate_commission WHERE ext_line_id BETWEEN :from AND :to ORDER BY 1;
