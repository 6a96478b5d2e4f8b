-- Takes the units of :lines (item, qty; one shop) out of what can be sold, all of them or none, and
-- says today's prices.
-- Each line comes from one warehouse that has enough.
-- replay:
SELECT lines AS priced, CASE WHEN ext_platform IS NULL THEN shop_id ELSE ext_shop_id END AS shop,
  hold, shipping
FROM catalogue_request
WHERE idem_key = :idem AND kind = 'reserve';
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM catalogue_request WHERE idem_key = :idem);
INSERT INTO catalogue_request (idem_key, kind, lines, picks, shop_id, hold, shipping)
SELECT :idem, 'reserve',
  json_group_array(json_object('item', p.product_id, 'qty', l.qty, 'price', p.price_idr)),
  json_group_array(json_object('item', p.product_id, 'qty', l.qty, 'warehouse',
    (SELECT min(warehouse_id) FROM warehouse_stock WHERE product_id = p.product_id
      AND value >= l.qty))),
  max(h.shop_id), max(h.remorse_hold), max(h.shipping_fee)
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines) ORDER BY key) l
CROSS JOIN product p ON p.product_id = l.item AND p.status = 1 AND p.has_variants = 0
CROSS JOIN shop h ON h.shop_id = p.shop_id
HAVING :home IS NOT 'source';
INSERT INTO catalogue_request (idem_key, ext_platform, kind, lines, picks, ext_shop_id, hold,
  shipping)
SELECT :idem, 'tiktok', 'reserve',
  json_group_array(json_object('item', p.ext_sku, 'qty', l.qty, 'price', p.price_idr)),
  json_group_array(json_object('item', p.ext_sku, 'qty', l.qty, 'warehouse',
    (SELECT min(ext_warehouse) FROM ext_stock WHERE ext_sku = p.ext_sku AND value >= l.qty))),
  max(h.ext_shop_id), max(h.remorse_hold), max(h.shipping_fee)
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines) ORDER BY key) l
CROSS JOIN ext_product p ON p.ext_sku = l.item AND p.status = 1
CROSS JOIN ext_shop h ON h.shop_id = p.shop_id
HAVING :home IS 'source';
SELECT refuse('not on sale') FROM catalogue_request
WHERE idem_key = :idem AND json_array_length(lines) <> json_array_length(:lines);
SELECT refuse('sold out') FROM catalogue_request, json_each(picks)
WHERE idem_key = :idem AND json_extract(json_each.value, '$.warehouse') IS NULL;
UPDATE warehouse_stock SET value = value - pick.qty
FROM (SELECT json_each.value ->> 'item' AS item, json_each.value ->> 'warehouse' AS warehouse,
        json_each.value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks) WHERE idem_key = :idem AND ext_platform IS NULL) pick
WHERE product_id = pick.item AND warehouse_id = pick.warehouse;
UPDATE product SET main_stock = main_stock - pick.qty, reserve_stock = reserve_stock + pick.qty
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks) WHERE idem_key = :idem AND ext_platform IS NULL) pick
WHERE product_id = pick.item;
UPDATE ext_stock SET value = value - pick.qty, reserve_stock = reserve_stock + pick.qty
FROM (SELECT json_each.value ->> 'item' AS item, json_each.value ->> 'warehouse' AS warehouse,
        json_each.value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks) WHERE idem_key = :idem
      AND ext_platform = 'tiktok') pick
WHERE ext_sku = pick.item AND ext_warehouse = pick.warehouse;
SELECT lines AS priced, CASE WHEN ext_platform IS NULL THEN shop_id ELSE ext_shop_id END AS shop,
  hold, shipping
FROM catalogue_request WHERE idem_key = :idem;
