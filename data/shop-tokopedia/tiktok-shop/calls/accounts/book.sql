-- The address book of :buyer in full, the oldest first.
-- Whoever is not known or not logged in here has to log in again.
SELECT refuse('log in again')
WHERE NOT EXISTS (SELECT 1 FROM buyer JOIN session USING (user_id) WHERE user_id = :buyer);
SELECT json_group_array(json_object('entry', idem_key, 'receiver', name, 'phone', phone, 'street',
  line1, 'details', line2, 'district', district_json, 'postal', postal)) AS book
FROM (SELECT * FROM address WHERE user_id = :buyer ORDER BY id LIMIT 100);
