-- The address book of :buyer in full, the oldest first.
-- Whoever is not known or not logged in here has to log in again.
-- TikTok's people (:home = source) see their own spelling of the district, ours its number.
SELECT refuse('log in again')
WHERE CASE :home
  WHEN 'source' THEN NOT EXISTS (SELECT 1 FROM logged_in_from_tiktok WHERE ext_id = :buyer)
  ELSE NOT EXISTS (SELECT 1 FROM logged_in WHERE user_id = :buyer) END;
SELECT json_group_array(json_object('entry', idem_key, 'receiver', receiver, 'phone', phone,
  'street', street, 'details', coalesce(ext_line2, ''),
  'district', coalesce(ext_district, district_id), 'postal', postal)) AS book
FROM (SELECT * FROM address
  WHERE user_id = iif(:home = 'source',
    (SELECT user_id FROM tiktok_profile WHERE ext_id = :buyer), :buyer)
  AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END
  ORDER BY ext_address_id, address_id LIMIT 100);
