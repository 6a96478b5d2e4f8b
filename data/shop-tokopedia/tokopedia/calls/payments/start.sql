-- Starts the payment of :total rupiah for :order_token by :method, and names it as the gateway will know it.
-- The order may still live on the other platform: payment_order says where.
-- replay:
SELECT p.gateway_ref AS payment_token, p.amount * 100 AS pay_amount,
  CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status
FROM payments_request r JOIN payment p ON p.gateway_ref = r.answer
WHERE r.idem_key = :idem AND r.kind = 'start';
-- do:
SELECT refuse('given up') WHERE EXISTS (SELECT 1 FROM payments_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('log in again')
WHERE :home = 'source' AND NOT EXISTS (SELECT 1 FROM payment_buyer_map WHERE ext_id = :buyer);
INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, status_id,
  create_time, ext_platform, ext_payment_id, ext_buyer, idem_key)
WITH
  clock (t, day) AS MATERIALIZED (SELECT time_text(now() / 1000000 + 25200),
    strftime('%Y%m%d', now() / 1000000 + 25200, 'unixepoch')),
  numbers (id, year, month) AS MATERIALIZED (SELECT new_id(:idem), substr(day, 3, 2) + 0, substr(day, 5, 2) + 0
    FROM clock),
  name (ref) AS MATERIALIZED (SELECT 'PYM/' || day || '/' || substr('XXXXXXXXX', 1, year / 10) ||
    ('["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]' ->> (year % 10)) || '/' ||
    ('["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]' ->> (month - 1)) || '/' || id
    FROM clock, numbers)
SELECT id,
  CASE :home WHEN 'source' THEN (SELECT user_id FROM payment_buyer_map WHERE ext_id = :buyer) ELSE :buyer END,
  CASE :method WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3
    WHEN 'cod' THEN 4 WHEN 'minimarket' THEN 5 END,
  CASE :home WHEN 'source' THEN 'TT' || snowflake(:idem, now()) ELSE ref END,
  :total, CASE :method WHEN 'cod' THEN 5 ELSE 1 END, t,
  CASE :home WHEN 'source' THEN 'tiktok' END,
  CASE :home WHEN 'source' THEN snowflake(:idem, now()) END, CASE :home WHEN 'source' THEN :buyer END, :idem
FROM clock, numbers, name;
INSERT INTO payment_order (payment_id, ext_platform, ext_order_id)
SELECT payment_id, coalesce(ext_platform, 'tokopedia'), :order_token FROM payment WHERE idem_key = :idem;
INSERT INTO payments_request (idem_key, ext_platform, kind, answer)
SELECT :idem, ext_platform, 'start', gateway_ref FROM payment WHERE idem_key = :idem;
SELECT p.gateway_ref AS payment_token, p.amount * 100 AS pay_amount,
  CASE p.status_id WHEN 1 THEN 'pending' WHEN 2 THEN 'captured' WHEN 3 THEN 'void' WHEN 4 THEN 'refunded'
    ELSE 'cod' END AS pay_status
FROM payment p WHERE p.idem_key = :idem;
