-- Stock by warehouse that TikTok's shoppers can buy: Tokopedia to TikTok Shop.
-- Tokopedia's own stays.
-- move: catalogue
-- root: ext_stock(ext_sku)
-- via: warehouse_stock SELECT NULL WHERE :key IS NULL
-- extract:
SELECT s.ext_sku AS _key, json_group_array(json_array(s.ext_warehouse, s.value, s.reserve_stock))
  AS stock
FROM ext_stock s
WHERE s.ext_sku BETWEEN :from AND :to
GROUP BY s.ext_sku
ORDER BY s.ext_sku;
-- load:
DELETE FROM inventory WHERE sku_id = :_key;
INSERT INTO inventory (sku_id, warehouse_id, available, reserved)
SELECT :_key, value ->> 0, value ->> 1, value ->> 2 FROM json_each(:stock);
-- delete:
DELETE FROM inventory WHERE sku_id = :_key;
-- check:
SELECT i.sku_id AS _key, json_group_array(json_array(i.warehouse_id, i.available, i.reserved))
  AS stock
FROM inventory i
WHERE i.sku_id = :_key
GROUP BY i.sku_id;
-- present:
SELECT DISTINCT sku_id AS _key FROM inventory WHERE sku_id BETWEEN :from AND :to ORDER BY 1;
