-- Copies in loans made during the run and not cancelled.
SELECT i.book_id AS item, count(*) AS units
FROM loan_item i JOIN loan l ON l.id = i.loan_id
WHERE l.idem_key > 0 AND l.status <> 'CANCELLED' GROUP BY i.book_id ORDER BY i.book_id;
