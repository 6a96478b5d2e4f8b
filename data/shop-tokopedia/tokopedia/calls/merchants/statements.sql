-- The last fourteen statements of :shop, the newest first: a day each, by when it began (seconds
-- since 1970).
-- Our own shops have no settlements: what their saldo took in a day of theirs is theirs at once.
SELECT json_group_array(json_object('day', day, 'sales', sales, 'revenue', revenue, 'settlement',
  settlement, 'payment', payment)) AS statements
FROM (
  SELECT * FROM (
    SELECT local_seconds(s.day_from) AS day,
      (SELECT count(*) FROM saldo_ledger l WHERE l.ext_statement_id = s.ext_statement_id
        AND l.type = 1) AS sales,
      s.revenue, s.amount AS settlement,
      CASE s.state WHEN 1 THEN 'processing' WHEN 2 THEN 'paid' ELSE 'failed' END AS payment
    FROM settlement s
    WHERE :home = 'source' AND s.shop_id = (SELECT shop_id FROM merchant_shop_map
      WHERE ext_shop = :shop)
    ORDER BY s.day_from DESC LIMIT 14)
  UNION ALL
  SELECT * FROM (
    SELECT local_seconds(substr(l.ts, 1, 10) || 'T00:00:00Z') AS day, sum(l.type = 1) AS sales,
      sum(CASE l.type WHEN 1 THEN l.amount ELSE 0 END) AS revenue, sum(l.amount) AS settlement,
      'paid' AS payment
    FROM saldo_ledger l
    WHERE :home <> 'source' AND l.shop_id = :shop AND l.ext_platform IS NULL AND l.type <> 3
    GROUP BY substr(l.ts, 1, 10) ORDER BY 1 DESC LIMIT 14)
  LIMIT 28);
