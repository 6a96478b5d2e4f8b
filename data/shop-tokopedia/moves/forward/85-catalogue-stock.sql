-- Stock by warehouse: TikTok Shop to Tokopedia, beside the units that Tokopedia's own shoppers can
-- buy of the same product.
-- Every checkout changes it, so it does not hang on its product.
-- move: catalogue
-- root: inventory(sku_id)
-- extract:
SELECT i.sku_id AS _key, json_group_array(json_array(i.warehouse_id, i.available, i.reserved))
  AS stock
FROM inventory i
WHERE i.sku_id BETWEEN :from AND :to
GROUP BY i.sku_id
ORDER BY i.sku_id;
-- load:
DELETE FROM ext_stock WHERE ext_sku = :_key;
INSERT INTO ext_stock (ext_sku, ext_warehouse, product_id, value, reserve_stock)
SELECT :_key, value ->> 0, (SELECT product_id FROM catalogue_item_map WHERE ext_sku = :_key),
  value ->> 1, value ->> 2
FROM json_each(:stock);
-- delete:
DELETE FROM ext_stock WHERE ext_sku = :_key;
-- check:
SELECT s.ext_sku AS _key, json_group_array(json_array(s.ext_warehouse, s.value, s.reserve_stock))
  AS stock
FROM ext_stock s
WHERE s.ext_sku = :_key AND s.product_id = (SELECT product_id FROM catalogue_item_map
  WHERE ext_sku = :_key)
GROUP BY s.ext_sku;
-- present:
SELECT DISTINCT ext_sku AS _key FROM ext_stock WHERE ext_sku BETWEEN :from AND :to ORDER BY 1;
