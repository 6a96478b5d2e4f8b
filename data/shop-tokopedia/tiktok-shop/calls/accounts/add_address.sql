-- Adds an address to the book of :buyer, at :place and spelled as she spells it.
-- A book has a hundred pages.
-- Whoever is not known or not logged in here has to log in again; whoever is was seen.
-- replay:
SELECT a.idem_key AS entry, a.name AS receiver, a.line1 AS street, a.postal
FROM accounts_request r JOIN address a ON a.id = r.answer
WHERE r.idem_key = :idem AND r.kind = 'add';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM accounts_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('log in again')
WHERE NOT EXISTS (SELECT 1 FROM buyer JOIN session USING (user_id) WHERE user_id = :buyer);
SELECT refuse('address book is full') WHERE (SELECT count(*) FROM address
  WHERE user_id = :buyer) >= 100;
INSERT INTO accounts_request (idem_key, kind, answer) VALUES (:idem, 'add', new_id(:idem));
INSERT INTO address (id, user_id, name, phone, district_json, line1, line2, postal, idem_key)
SELECT new_id(:idem), user_id,
  CASE :place % 4 WHEN 0 THEN name WHEN 1 THEN 'Kantor ' || name WHEN 2 THEN '`' || name || '` 🏠'
    ELSE 'Ibu ' || name END, phone,
  CASE :place / 4 % 4
    WHEN 0 THEN '{"province":"Jawa Barat","city":"Kota Bandung","district":"Coblong"}'
    WHEN 1 THEN '{"province":"Banten","city":"Tangerang Selatan","district":"Serpong"}'
    WHEN 2 THEN '{"province":"bali","city":"Denpasar 🌴","district":"`Denpasar` Sel."}'
    ELSE '{"province":"Papua","city":"Jayapura","district":"Abepura &amp; sekitarnya"}' END,
  'Jl. ' || ('["Melati","Sudirman","Diponegoro","Merdeka","Kenanga","Gajah Mada","Cihampelas",
    "Pahlawan"]' ->> (:place / 16 % 8))
  || ('[""," Blok Caf\u00e9"," Blok Cafe\u0301"," \u0026amp; `gang` II"," \"pagar biru\""," 🏡"]'
    ->> (:place / 128 % 6))
  || ' No. ' || (1 + :place / 768 % 200),
  CASE :place / 153600 % 3 WHEN 0 THEN 'RT 03/RW 05, pagar hijau 🏠'
    WHEN 1 THEN 'depan warung "Bu Tini"' ELSE '' END,
  CASE WHEN :place / 460800 % 4 = 0 THEN '' ELSE '' || (10110 + :place % 84999) END, :idem
FROM buyer WHERE user_id = :buyer;
UPDATE session SET update_time = now() / 1000000 WHERE user_id = :buyer;
SELECT idem_key AS entry, name AS receiver, line1 AS street, postal FROM address
WHERE id = new_id(:idem);
