-- Addresses of TikTok Shop's people, moved or added here: Tokopedia to TikTok Shop, spelled as they
-- were.
-- Our own have no ext_address_id and stay.
-- A matched district changes no address: its spelling does not hang on the number.
-- move: accounts
-- root: address(ext_address_id)
-- via: district_map SELECT NULL WHERE :key IS NULL
-- extract:
SELECT ext_address_id AS _key, ext_buyer AS buyer, receiver AS name, phone, ext_region AS region,
  ext_district AS district, street AS line1, ext_line2 AS line2, ext_line3 AS line3,
  ext_line4 AS line4, postal, idem_key AS idem
FROM address WHERE ext_address_id BETWEEN :from AND :to ORDER BY ext_address_id;
-- load:
INSERT INTO address (id, user_id, name, phone, region_code, district_json, line1, line2, line3,
  line4, postal, idem_key)
VALUES (:_key, :buyer, :name, :phone, :region, :district, :line1, :line2, :line3, :line4, :postal,
  :idem)
ON CONFLICT (id) DO UPDATE SET user_id = excluded.user_id, name = excluded.name,
  phone = excluded.phone, region_code = excluded.region_code,
  district_json = excluded.district_json, line1 = excluded.line1, line2 = excluded.line2,
  line3 = excluded.line3, line4 = excluded.line4, postal = excluded.postal,
  idem_key = excluded.idem_key;
-- delete:
DELETE FROM address WHERE id = :_key;
-- check:
SELECT id AS _key, user_id AS buyer, name, phone, region_code AS region, district_json AS district,
  line1, line2, line3, line4, postal, idem_key AS idem
FROM address WHERE id = :_key;
-- present:
SELECT id AS _key FROM address WHERE id BETWEEN :from AND :to ORDER BY 1;
