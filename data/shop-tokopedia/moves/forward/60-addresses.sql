-- Addresses: TikTok Shop to Tokopedia.
-- Text goes as it is, byte for byte.
-- A district becomes a number where its spelling was matched before the migration, and 0 where it
-- was not; the spelling stays beside it.
-- move: accounts
-- root: address(id)
-- drops: address.address_id, an address that was added here is numbered anew when it comes again
-- extract:
SELECT id AS _key, user_id AS buyer, name, phone, region_code AS region, district_json AS district,
  line1, line2, line3, line4, postal, idem_key AS idem
FROM address WHERE id BETWEEN :from AND :to ORDER BY id;
-- load:
-- An address that was added here keeps the number that it got here.
INSERT INTO address (address_id, user_id, receiver, phone, street, district_id, city_id,
  province_id, postal, ext_platform, ext_address_id, ext_buyer, ext_region, ext_district, ext_line2,
  ext_line3, ext_line4, idem_key)
VALUES (CAST(:_key AS INTEGER),
  (SELECT user_id FROM account_link WHERE ext_platform = 'tiktok' AND ext_id = :buyer),
  :name, :phone, :line1,
  coalesce((SELECT district_id FROM district_map WHERE ext_text = :district), 0),
  coalesce((SELECT city_id FROM district_map WHERE ext_text = :district), 0),
  coalesce((SELECT province_id FROM district_map WHERE ext_text = :district), 0),
  :postal, 'tiktok', :_key, :buyer, :region, :district, :line2, :line3, :line4, :idem)
ON CONFLICT (ext_address_id) DO UPDATE SET user_id = excluded.user_id, receiver = excluded.receiver,
  phone = excluded.phone, street = excluded.street, district_id = excluded.district_id,
  city_id = excluded.city_id, province_id = excluded.province_id,
  postal = excluded.postal, ext_buyer = excluded.ext_buyer, ext_region = excluded.ext_region,
  ext_district = excluded.ext_district, ext_line2 = excluded.ext_line2,
  ext_line3 = excluded.ext_line3, ext_line4 = excluded.ext_line4, idem_key = excluded.idem_key;
-- delete:
DELETE FROM address WHERE ext_address_id = :_key;
-- check:
SELECT a.ext_address_id AS _key,
  (SELECT ext_id FROM account_link l WHERE l.ext_platform = 'tiktok' AND l.ext_id = a.ext_buyer
    AND l.user_id = a.user_id) AS buyer,
  a.receiver AS name, a.phone, a.ext_region AS region,
  CASE WHEN coalesce(
    (SELECT m.district_id = a.district_id AND m.city_id = a.city_id
       AND m.province_id = a.province_id
     FROM district_map m WHERE m.ext_text = a.ext_district),
    a.district_id = 0) THEN a.ext_district END AS district,
  a.street AS line1, a.ext_line2 AS line2, a.ext_line3 AS line3, a.ext_line4 AS line4, a.postal,
  a.idem_key AS idem
FROM address a WHERE a.ext_address_id = :_key;
-- present:
SELECT ext_address_id AS _key FROM address WHERE ext_address_id BETWEEN :from AND :to ORDER BY 1;
