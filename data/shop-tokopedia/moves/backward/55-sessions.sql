-- Sessions of TikTok Shop's people, as they were last seen here: Tokopedia to TikTok Shop. Our own
-- have no ext_buyer and stay.
-- move: accounts
-- root: user_session(ext_buyer)
-- extract:
SELECT ext_buyer AS _key, token, time_seconds(login_at) - 25200 AS login,
  time_seconds(last_seen) - 25200 AS seen
FROM user_session WHERE ext_buyer BETWEEN :from AND :to AND :sessions_stay = 0 ORDER BY ext_buyer;
-- load:
INSERT INTO login_session (user_id, token, login_time, seen_time)
VALUES (:_key, :token, :login, :seen)
ON CONFLICT (user_id) DO UPDATE SET token = excluded.token, login_time = excluded.login_time,
  seen_time = excluded.seen_time;
-- delete:
DELETE FROM login_session WHERE user_id = :_key;
-- check:
SELECT user_id AS _key, token, login_time AS login, seen_time AS seen FROM login_session
WHERE user_id = :_key;
-- present:
-- Those that stayed are not surplus.
SELECT user_id AS _key FROM login_session
WHERE user_id BETWEEN :from AND :to AND :sessions_stay = 0 ORDER BY 1;
