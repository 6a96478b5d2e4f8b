-- Adds an address to the book of :buyer, at :place and spelled as she spells it.
-- A book has a hundred pages.
-- Whoever is not known or not logged in here has to log in again; whoever is was seen.
-- TikTok's people (:home = source) spell their district, ours choose it from a list.
-- replay:
SELECT a.idem_key AS entry, a.receiver, a.street, a.postal
FROM accounts_request r JOIN address a ON a.address_id = CASE
  WHEN r.ext_platform IS NULL THEN r.answer
  ELSE (SELECT address_id FROM address WHERE ext_address_id = r.answer) END
WHERE r.idem_key = :idem AND r.kind = 'add';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM accounts_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('log in again')
WHERE CASE :home
  WHEN 'source' THEN NOT EXISTS (SELECT 1 FROM logged_in_from_tiktok WHERE ext_id = :buyer)
  ELSE NOT EXISTS (SELECT 1 FROM logged_in WHERE user_id = :buyer) END;
SELECT refuse('address book is full')
WHERE (SELECT count(*) FROM address
  WHERE user_id = iif(:home = 'source',
    (SELECT user_id FROM tiktok_profile WHERE ext_id = :buyer), :buyer)
  AND ext_platform IS CASE :home WHEN 'source' THEN 'tiktok' END) >= 100;
INSERT INTO accounts_request (idem_key, ext_platform, kind, answer)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'add',
  CASE :home WHEN 'source' THEN snowflake(:idem, now()) ELSE '' || new_id(:idem) END;
INSERT INTO address (address_id, user_id, receiver, phone, street, district_id, city_id,
  province_id, postal, ext_platform, ext_address_id, ext_buyer, ext_region, ext_district, ext_line2,
  ext_line3, ext_line4, idem_key)
WITH
  name AS MATERIALIZED (  -- of hers, whichever platform she is of
    SELECT user_id, name, phone, ext_id FROM tiktok_profile
    WHERE :home = 'source' AND ext_id = :buyer
    UNION ALL
    SELECT user_id, fullname, coalesce(phone, ''), NULL FROM user
    WHERE :home <> 'source' AND user_id = :buyer),
  line AS MATERIALIZED (
    SELECT *, CASE :place / 4 % 4
      WHEN 0 THEN '{"province":"Jawa Barat","city":"Kota Bandung","district":"Coblong"}'
      WHEN 1 THEN '{"province":"Banten","city":"Tangerang Selatan","district":"Serpong"}'
      WHEN 2 THEN '{"province":"bali","city":"Denpasar 🌴","district":"`Denpasar` Sel."}'
      ELSE '{"province":"Papua","city":"Jayapura","district":"Abepura &amp; sekitarnya"}'
      END AS district,
      :place % 600 AS d
    FROM name)
SELECT new_id(:idem), user_id,
  CASE :place % 4 WHEN 0 THEN name WHEN 1 THEN 'Kantor ' || name WHEN 2 THEN '`' || name || '` 🏠'
    ELSE 'Ibu ' || name END, phone,
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas",
    "Pahlawan"]' ->> (:place / 16 % 8))
  || ('[""," Blok Caf\u00e9"," Blok Cafe\u0301"," \u0026amp; `gang` II"," \"pagar biru\""," 🏡"]'
    ->> (:place / 128 % 6))
  || ' No. ' || (1 + :place / 768 % 200),
  CASE WHEN ext_id IS NULL THEN 2000 + d
    ELSE coalesce((SELECT district_id FROM district_map WHERE ext_text = district), 0) END,
  CASE WHEN ext_id IS NULL THEN 150 + d / 10
    ELSE coalesce((SELECT city_id FROM district_map WHERE ext_text = district), 0) END,
  CASE WHEN ext_id IS NULL THEN 10 + d / 60
    ELSE coalesce((SELECT province_id FROM district_map WHERE ext_text = district), 0) END,
  CASE WHEN :place / 460800 % 4 = 0 THEN '' ELSE '' || (10110 + :place % 84999) END,
  CASE WHEN ext_id IS NOT NULL THEN 'tiktok' END,
  CASE WHEN ext_id IS NOT NULL THEN snowflake(:idem, now()) END, ext_id,
  CASE WHEN ext_id IS NOT NULL THEN 'ID' END, CASE WHEN ext_id IS NOT NULL THEN district END,
  CASE WHEN ext_id IS NOT NULL THEN
    CASE :place / 153600 % 3 WHEN 0 THEN 'RT 03/RW 05, pagar hijau 🏠'
      WHEN 1 THEN 'depan warung "Bu Tini"' ELSE '' END END,
  CASE WHEN ext_id IS NOT NULL THEN '' END, CASE WHEN ext_id IS NOT NULL THEN '' END, :idem
FROM line;
UPDATE session SET seen_at = local_text(now() / 1000000)
WHERE session_id = CASE :home
  WHEN 'source' THEN (SELECT session_id FROM session WHERE ext_buyer = :buyer)
  ELSE (SELECT session_id FROM session WHERE user_id = :buyer AND ext_platform IS NULL) END;
SELECT idem_key AS entry, receiver, street, postal FROM address WHERE address_id = new_id(:idem);
