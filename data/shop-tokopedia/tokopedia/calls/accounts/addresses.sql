-- The address book of :buyer.
-- Whoever is not known or not logged in here has to log in again.
SELECT refuse('log in again')
WHERE CASE :home
  WHEN 'source' THEN NOT EXISTS (SELECT 1 FROM logged_in_from_tiktok WHERE ext_id = :buyer)
  ELSE NOT EXISTS (SELECT 1 FROM logged_in WHERE user_id = :buyer) END;
SELECT json_group_array(json_object('receiver', receiver, 'street', street, 'postal', postal))
  AS addresses
FROM (SELECT receiver, street, postal FROM address
  WHERE user_id = iif(:home = 'source',
    (SELECT user_id FROM tiktok_profile WHERE ext_id = :buyer), :buyer)
  AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  ORDER BY ext_address_id, address_id LIMIT 20);
