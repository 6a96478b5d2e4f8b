-- Which creator's live brought which of TikTok Shop's order lines: Tokopedia to TikTok Shop.
-- move: merchants
-- root: affiliate_commission(ext_line_id)
-- extract:
SELECT ext_line_id AS _key, creator_id AS creator, live_id AS live, commission_bps AS bps FROM affiliate_commission
WHERE ext_line_id BETWEEN :from AND :to ORDER BY ext_line_id;
-- load:
INSERT INTO affiliate_attr (order_line_id, creator_id, live_id, commission_bps) VALUES (:_key, :creator, :live, :bps)
ON CONFLICT (order_line_id) DO UPDATE SET creator_id = excluded.creator_id, live_id = excluded.live_id,
  commission_bps = excluded.commission_bps;
-- delete:
DELETE FROM affiliate_attr WHERE order_line_id = :_key;
-- check:
SELECT order_line_id AS _key, creator_id AS creator, live_id AS live, commission_bps AS bps FROM affiliate_attr
WHERE order_line_id = :_key;
-- present:
SELECT order_line_id AS _key FROM affiliate_attr WHERE order_line_id BETWEEN :from AND :to ORDER BY 1;
