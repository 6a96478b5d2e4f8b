-- Sessions: TikTok Shop to Tokopedia, so that nobody has to log in again.
-- Epoch seconds become local time.
-- move: accounts
-- root: session(user_id)
-- extract:
SELECT user_id AS _key, id AS session, create_time AS login, update_time AS seen FROM session
WHERE user_id BETWEEN :from AND :to ORDER BY user_id;
-- load:
INSERT INTO session (session_id, user_id, login_at, seen_at, ext_platform,
  ext_session_id, ext_buyer)
VALUES (CAST(:session AS INTEGER),
  (SELECT user_id FROM account_link WHERE ext_platform = 'tiktok' AND ext_id = :_key),
  local_text(:login), local_text(:seen), 'tiktok', :session, :_key)
ON CONFLICT (ext_buyer) DO UPDATE SET session_id = excluded.session_id, user_id = excluded.user_id,
  login_at = excluded.login_at, seen_at = excluded.seen_at,
  ext_session_id = excluded.ext_session_id;
-- delete:
DELETE FROM session WHERE ext_buyer = :_key;
-- check:
-- A session of another user than the link says is none.
SELECT s.ext_buyer AS _key, s.ext_session_id AS session,
  local_seconds(s.login_at) AS login, local_seconds(s.seen_at) AS seen
FROM session s JOIN account_link l
  ON l.ext_platform = 'tiktok' AND l.ext_id = s.ext_buyer AND l.user_id = s.user_id
WHERE s.ext_buyer = :_key;
-- present:
SELECT ext_buyer AS _key FROM session WHERE ext_buyer BETWEEN :from AND :to ORDER BY 1;
