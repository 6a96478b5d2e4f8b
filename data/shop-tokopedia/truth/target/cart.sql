-- What is in the carts.
-- A cart is its user's: TikTok Shop's shoppers' by the ids that they know, and Tokopedia's own.
SELECT ext_buyer || '/' || ext_sku AS witness, ext_sku AS token, ext_buyer AS buyer,
  ext_buyer AS root, quantity AS qty
FROM cart WHERE ext_platform = 'tiktok'
UNION ALL
SELECT user_id || '/' || product_id, product_id, user_id, user_id, quantity FROM cart
WHERE ext_platform = 'tokopedia';
