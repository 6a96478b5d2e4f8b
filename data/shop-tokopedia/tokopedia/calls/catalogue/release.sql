-- Gives back, once, what the reservation of :idem took, and forbids it from now on; so it may come
-- before the reservation.
-- Nothing happens where the order stands (:gives_back = 0).
UPDATE warehouse_stock SET value = value + pick.qty
FROM (SELECT json_each.value ->> 'item' AS item, json_each.value ->> 'warehouse' AS warehouse,
        json_each.value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks)
      WHERE idem_key = :idem AND ext_platform IS NULL AND kind = 'reserve'
      AND coalesce(:gives_back, 1) = 1) pick
WHERE product_id = pick.item AND warehouse_id = pick.warehouse;
UPDATE product SET main_stock = main_stock + pick.qty, reserve_stock = reserve_stock - pick.qty
FROM (SELECT value ->> 'item' AS item, value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks)
      WHERE idem_key = :idem AND ext_platform IS NULL AND kind = 'reserve'
      AND coalesce(:gives_back, 1) = 1) pick
WHERE product_id = pick.item;
UPDATE ext_stock SET value = value + pick.qty, reserve_stock = reserve_stock - pick.qty
FROM (SELECT json_each.value ->> 'item' AS item, json_each.value ->> 'warehouse' AS warehouse,
        json_each.value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks)
      WHERE idem_key = :idem AND ext_platform = 'tiktok' AND kind = 'reserve'
      AND coalesce(:gives_back, 1) = 1) pick
WHERE ext_sku = pick.item AND ext_warehouse = pick.warehouse;
INSERT INTO catalogue_request (idem_key, ext_platform, kind)
SELECT :idem, CASE :home WHEN 'source' THEN 'tiktok' END, 'released'
WHERE coalesce(:gives_back, 1) = 1
ON CONFLICT (idem_key) DO UPDATE SET kind = 'released' WHERE kind <> 'released';
SELECT 1 AS ok;
