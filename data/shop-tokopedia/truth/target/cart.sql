-- What is in the carts. A cart is its user's.
SELECT user_id || '/' || product_id AS witness, product_id AS token, user_id AS buyer, user_id AS root FROM cart;
