-- What was added to address books in the run, of TikTok Shop's people by the ids that they know,
-- and of Tokopedia's own.
SELECT coalesce(ext_buyer, user_id) || '/' || idem_key AS witness,
  coalesce(ext_buyer, user_id) AS buyer, receiver, street, postal, address_id AS root
FROM address WHERE idem_key > 0;
