-- Units that can still be sold.
SELECT s.id AS item, (SELECT coalesce(sum(i.available), 0) FROM inventory i WHERE i.sku_id = s.id)
  AS available FROM sku s;
