-- Sessions: TikTok Shop to Tokopedia. Without them all moved shoppers would have to log in again.
-- Epoch seconds become local time; the token goes as it is, since her phone goes on showing it.
-- move: accounts
-- root: login_session(user_id)
-- extract:
-- Where a rehearsal leaves them behind there are none to carry, and both sides compare as equal.
SELECT user_id AS _key, token, login_time AS login, seen_time AS seen FROM login_session
WHERE user_id BETWEEN :from AND :to AND :sessions_stay = 0 ORDER BY user_id;
-- load:
INSERT INTO user_session (user_id, ext_platform, ext_buyer, token, login_at, last_seen)
VALUES ((SELECT user_id FROM account_link WHERE ext_platform = 'tiktok' AND ext_id = :_key),
  'tiktok', :_key, :token, time_text(:login + 25200), time_text(:seen + 25200))
ON CONFLICT (ext_buyer) DO UPDATE SET user_id = excluded.user_id, token = excluded.token,
  login_at = excluded.login_at, last_seen = excluded.last_seen;
-- delete:
DELETE FROM user_session WHERE ext_buyer = :_key;
-- check:
-- A session that hangs on another user than the link says is none.
SELECT s.ext_buyer AS _key, s.token, time_seconds(s.login_at) - 25200 AS login,
  time_seconds(s.last_seen) - 25200 AS seen
FROM user_session s JOIN account_link l
  ON l.ext_platform = 'tiktok' AND l.ext_id = s.ext_buyer AND l.user_id = s.user_id
WHERE s.ext_buyer = :_key;
-- present:
SELECT ext_buyer AS _key FROM user_session WHERE ext_buyer BETWEEN :from AND :to ORDER BY 1;
