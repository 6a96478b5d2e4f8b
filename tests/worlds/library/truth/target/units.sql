-- Copies in loans made during the run and not cancelled.
SELECT i.item, sum(i.quantity) AS units
FROM lending_line i JOIN lending l ON l.lending_no = i.lending_no
WHERE l.idem_key > 0 AND l.state <> 0 GROUP BY i.item ORDER BY i.item;
