-- Buyers, as TikTok Shop knows them: back from Tokopedia.
-- What the same person is as our own user (names, links, wallets) is not TikTok's, and stays.
-- move: accounts
-- root: tiktok_profile(ext_id)
-- via: user SELECT NULL WHERE :key IS NULL
-- via: account_link SELECT NULL WHERE :key IS NULL
-- via: wallet_link SELECT NULL WHERE :key IS NULL
-- via: payment_method SELECT NULL WHERE :key IS NULL
-- extract:
SELECT ext_id AS _key, tiktok_uid, email_masked AS email, phone, name, personalise
FROM tiktok_profile
WHERE ext_id BETWEEN :from AND :to ORDER BY ext_id;
-- load:
INSERT INTO buyer (user_id, tiktok_uid, email_masked, phone, name, personalise)
VALUES (:_key, :tiktok_uid, :email, :phone, :name, :personalise)
ON CONFLICT (user_id) DO UPDATE SET tiktok_uid = excluded.tiktok_uid,
  email_masked = excluded.email_masked, phone = excluded.phone, name = excluded.name,
  personalise = excluded.personalise;
-- delete:
DELETE FROM buyer WHERE user_id = :_key;
-- check:
SELECT user_id AS _key, tiktok_uid, email_masked AS email, phone, name, personalise FROM buyer
WHERE user_id = :_key;
-- present:
SELECT user_id AS _key FROM buyer WHERE user_id BETWEEN :from AND :to ORDER BY 1;
