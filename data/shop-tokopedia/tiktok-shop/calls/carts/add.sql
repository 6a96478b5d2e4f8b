-- Puts :item of :shop into the cart; one in seven takes two [I].
-- replay:
SELECT 1 AS ok FROM carts_request WHERE idem_key = :idem;
-- do:
INSERT INTO carts_request (idem_key, kind) VALUES (:idem, 'add');
INSERT INTO cart_item (user_id, sku_id, shop_id, qty, added, idem_key)
VALUES (:buyer, :item, :shop, 1 + (draw('units', :idem) < 142857), now() / 1000000, :idem)
ON CONFLICT (user_id, sku_id) DO UPDATE
SET qty = min(99, qty + excluded.qty), added = excluded.added, idem_key = excluded.idem_key;
SELECT 1 AS ok;
