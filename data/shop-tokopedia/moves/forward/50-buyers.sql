-- Buyers, as TikTok Shop knows them: to Tokopedia.
-- Linked, not fused: the user that account_link names keeps name, mail and phone; what the same
-- person is called at TikTok Shop stands beside them.
-- move: accounts
-- root: buyer(user_id)
-- extract:
SELECT user_id AS _key, tiktok_uid, email_masked AS email, phone, name, personalise FROM buyer
WHERE user_id BETWEEN :from AND :to ORDER BY user_id;
-- load:
INSERT INTO tiktok_profile (ext_id, user_id, tiktok_uid, email_masked, phone, name, personalise)
VALUES (:_key, (SELECT user_id FROM account_link WHERE ext_platform = 'tiktok' AND ext_id = :_key),
  :tiktok_uid, :email, :phone, :name, :personalise)
ON CONFLICT (ext_id) DO UPDATE SET user_id = excluded.user_id, tiktok_uid = excluded.tiktok_uid,
  email_masked = excluded.email_masked, phone = excluded.phone, name = excluded.name,
  personalise = excluded.personalise;
-- delete:
DELETE FROM tiktok_profile WHERE ext_id = :_key;
-- check:
-- A profile that hangs on another user than the link says is none.
SELECT p.ext_id AS _key, p.tiktok_uid, p.email_masked AS email, p.phone, p.name, p.personalise
FROM tiktok_profile p JOIN account_link l ON l.ext_platform = 'tiktok' AND l.ext_id = p.ext_id
AND l.user_id = p.user_id
WHERE p.ext_id = :_key;
-- present:
SELECT ext_id AS _key FROM tiktok_profile WHERE ext_id BETWEEN :from AND :to ORDER BY 1;
