-- Gives back, once, what the reservation of :idem took, and forbids it from now on; so it may come
-- before the reservation.
-- Nothing happens where the order stands (:gives_back = 0).
UPDATE inventory SET available = available + pick.qty, reserved = reserved - pick.qty
FROM (SELECT value ->> 'item' AS item, value ->> 'warehouse' AS warehouse, value ->> 'qty' AS qty
      FROM catalogue_request, json_each(picks)
      WHERE idem_key = :idem AND kind = 'reserve' AND coalesce(:gives_back, 1) = 1) pick
WHERE sku_id = pick.item AND warehouse_id = pick.warehouse;
INSERT INTO catalogue_request (idem_key, kind) SELECT :idem, 'released'
WHERE coalesce(:gives_back, 1) = 1
ON CONFLICT (idem_key) DO UPDATE SET kind = 'released' WHERE kind <> 'released';
SELECT 1 AS ok;
