-- Sessions of TikTok Shop's people: Tokopedia to TikTok Shop.
-- Our own have no ext_buyer and stay.
-- move: accounts
-- root: session(ext_buyer)
-- extract:
SELECT ext_buyer AS _key, ext_session_id AS session, local_seconds(login_at) AS login,
  local_seconds(seen_at) AS seen
FROM session WHERE ext_buyer BETWEEN :from AND :to ORDER BY ext_buyer;
-- load:
INSERT INTO session (user_id, id, create_time, update_time) VALUES (:_key, :session, :login, :seen)
ON CONFLICT (user_id) DO UPDATE SET id = excluded.id, create_time = excluded.create_time,
  update_time = excluded.update_time;
-- delete:
DELETE FROM session WHERE user_id = :_key;
-- check:
SELECT user_id AS _key, id AS session, create_time AS login, update_time AS seen FROM session
WHERE user_id = :_key;
-- present:
SELECT user_id AS _key FROM session WHERE user_id BETWEEN :from AND :to ORDER BY 1;
