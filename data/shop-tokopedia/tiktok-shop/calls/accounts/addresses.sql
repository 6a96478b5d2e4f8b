-- The address book of :buyer.
-- Whoever is not known or not logged in here has to log in again.
SELECT refuse('log in again')
WHERE NOT EXISTS (SELECT 1 FROM buyer JOIN session USING (user_id) WHERE user_id = :buyer);
SELECT json_group_array(json_object('receiver', name, 'street', line1, 'postal', postal))
  AS addresses
FROM (SELECT name, line1, postal FROM address WHERE user_id = :buyer ORDER BY id LIMIT 20);
