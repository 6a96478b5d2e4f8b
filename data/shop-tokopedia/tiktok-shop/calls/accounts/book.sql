-- The address book of :buyer in full, the oldest first.
-- Whoever has no session here has to log in again.
SELECT refuse('log in again')
WHERE NOT EXISTS (SELECT 1 FROM buyer JOIN login_session USING (user_id)
  WHERE user_id = :buyer AND seen_time > (now() - :session_lasts) / 1000000);
SELECT json_group_array(json_object('entry', idem_key, 'receiver', name, 'phone', phone, 'street', line1, 'details', line2,
  'district', district_json, 'postal', postal)) AS book
FROM (SELECT * FROM address WHERE user_id = :buyer ORDER BY id LIMIT 100);
