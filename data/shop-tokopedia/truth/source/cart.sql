-- What is in the carts.
-- A cart is its buyer's.
SELECT user_id || '/' || sku_id AS witness, sku_id AS token, user_id AS buyer, user_id AS root, qty
FROM cart_item;
