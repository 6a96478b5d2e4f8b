-- The last fourteen statements of :shop, the newest first: a day each, by when it began (seconds
-- since 1970).
SELECT json_group_array(json_object('day', day, 'sales', sales, 'revenue', revenue, 'settlement',
  settlement, 'payment', payment)) AS statements
FROM (
  SELECT s.statement_time AS day, minor(s.revenue) / 100 AS revenue,
    minor(s.settlement_amount) / 100 AS settlement, lower(s.payment_status) AS payment,
    (SELECT count(*) FROM statement_tx t WHERE t.statement_id = s.id AND t.type = 'ORDER') AS sales
  FROM statement s WHERE s.shop_id = :shop ORDER BY s.statement_time DESC LIMIT 14);
