-- Takes the units of :lines (item, qty; one shop) out of what can be sold, all of them or none, and
-- says today's prices.
-- Each line comes from one warehouse that has enough.
-- replay:
SELECT lines AS priced, shop_id AS shop, hold, shipping FROM catalogue_request
WHERE idem_key = :idem AND kind = 'reserve';
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM catalogue_request WHERE idem_key = :idem);
INSERT INTO catalogue_request (idem_key, kind, lines, picks, shop_id, hold, shipping)
SELECT :idem, 'reserve',
  json_group_array(json_object('item', s.id, 'qty', l.qty, 'price', minor(s.price) / 100)),
  json_group_array(json_object('item', s.id, 'qty', l.qty, 'warehouse',
    (SELECT min(warehouse_id) FROM inventory WHERE sku_id = s.id AND available >= l.qty))),
  max(h.id), max(h.remorse_hold), max(minor(h.shipping_fee)) / 100
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty FROM json_each(:lines) ORDER BY key) l
CROSS JOIN sku s ON s.id = l.item
CROSS JOIN product p ON p.id = s.product_id AND p.status = 'ACTIVATE'
CROSS JOIN shop h ON h.id = p.shop_id;
SELECT refuse('not on sale') FROM catalogue_request
WHERE idem_key = :idem AND json_array_length(lines) <> json_array_length(:lines);
SELECT refuse('sold out') FROM catalogue_request, json_each(picks)
WHERE idem_key = :idem AND value ->> 'warehouse' IS NULL;
UPDATE inventory SET available = available - pick.qty, reserved = reserved + pick.qty
FROM (SELECT value ->> 'item' AS item, value ->> 'warehouse' AS warehouse, value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks) WHERE idem_key = :idem) pick
WHERE sku_id = pick.item AND warehouse_id = pick.warehouse;
SELECT lines AS priced, shop_id AS shop, hold, shipping FROM catalogue_request
WHERE idem_key = :idem;
