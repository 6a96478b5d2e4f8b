-- Puts back what reserve set aside under :idem; leaves a tombstone if that has not come yet.
UPDATE title SET free_copies = free_copies + json_extract(l.value, '$.qty')
FROM title_hold h, json_each(h.lines) AS l
WHERE h.idem_key = :idem AND h.held = 1 AND title_no = json_extract(l.value, '$.item');
INSERT INTO title_hold (idem_key, lines, priced, held) VALUES (:idem, '[]', '[]', 0)
ON CONFLICT (idem_key) DO UPDATE SET held = 0;
SELECT 1 AS released;
