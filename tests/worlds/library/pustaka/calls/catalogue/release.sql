-- Puts back what reserve set aside under :idem; leaves a tombstone if that has not come yet.
UPDATE copies SET available = available + json_extract(l.value, '$.qty')
FROM hold h, json_each(h.lines) AS l
WHERE h.idem_key = :idem AND h.state = 'HELD' AND book_id = json_extract(l.value, '$.item');
INSERT INTO hold (idem_key, lines, priced, state) VALUES (:idem, '[]', '[]', 'RELEASED')
ON CONFLICT (idem_key) DO UPDATE SET state = 'RELEASED';
SELECT 1 AS released;
