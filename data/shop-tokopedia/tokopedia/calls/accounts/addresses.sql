-- The address book of :buyer. Whoever is not known here has to log in again.
SELECT refuse('log in again') WHERE NOT EXISTS (SELECT 1 FROM user WHERE user_id = :buyer);
SELECT json_group_array(json_object('receiver', receiver, 'street', street, 'postal', postal)) AS addresses
FROM (SELECT receiver, street, postal FROM address WHERE user_id = :buyer ORDER BY address_id LIMIT 20);
