-- Puts :item of :shop into the cart; one in seven takes two [I].
-- replay:
SELECT 1 AS ok FROM carts_request WHERE idem_key = :idem;
-- do:
INSERT INTO carts_request (idem_key, kind) VALUES (:idem, 'add');
INSERT INTO cart (user_id, product_id, shop_id, quantity, added, idem_key)
VALUES (:buyer, :item, :shop, 1 + (draw('units', :idem) < 142857),
  time_text(now() / 1000000 + 25200), :idem)
ON CONFLICT (user_id, product_id) DO UPDATE
SET quantity = min(99, quantity + excluded.quantity), added = excluded.added, idem_key = excluded.idem_key;
SELECT 1 AS ok;
