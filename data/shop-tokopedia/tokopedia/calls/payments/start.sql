-- Starts the payment of :total rupiah for :order_token by :method, and names it as the gateway will
-- know it.
-- The order may still live on the other platform: payment_order says where.
-- replay:
SELECT p.payment_token, p.pay_amount, p.pay_status
FROM payments_request r JOIN payment_seen p ON p.payment_token = r.answer
WHERE r.idem_key = :idem AND r.kind = 'start';
-- do:
SELECT refuse('given up')
WHERE EXISTS (SELECT 1 FROM payments_request WHERE idem_key = :idem AND kind = 'void');
SELECT refuse('log in again')
WHERE :home = 'source' AND NOT EXISTS (SELECT 1 FROM payment_buyer_map WHERE ext_id = :buyer);
INSERT INTO payment (payment_id, user_id, gateway_id, gateway_ref, amount, status_id,
  create_time, ext_platform, ext_payment_id, ext_buyer, idem_key)
WITH
  clock (t) AS MATERIALIZED (SELECT local_text(now() / 1000000)),
  numbers (id, day, year, month) AS MATERIALIZED (
    SELECT new_id(:idem), replace(substr(t, 1, 10), '-', ''), substr(t, 3, 2) + 0,
      substr(t, 6, 2) + 0
    FROM clock),
  name (ref) AS MATERIALIZED (
    SELECT 'PYM/' || day || '/' || substr('XXXXXXXXX', 1, year / 10)
      || ('["","I","II","III","IV","V","VI","VII","VIII","IX"]' ->> (year % 10)) || '/'
      || ('["I","II","III","IV","V","VI","VII","VIII","IX","X","XI","XII"]' ->> (month - 1))
      || '/' || id
    FROM numbers)
SELECT id,
  iif(:home = 'source', (SELECT user_id FROM payment_buyer_map WHERE ext_id = :buyer), :buyer),
  CASE :method WHEN 'ewallet' THEN 1 WHEN 'va' THEN 2 WHEN 'card' THEN 3
    WHEN 'cod' THEN 4 WHEN 'minimarket' THEN 5 END,
  CASE :home WHEN 'source' THEN 'TT' || snowflake(:idem, now()) ELSE ref END,
  :total, CASE :method WHEN 'cod' THEN 5 ELSE 1 END, t,
  CASE :home WHEN 'source' THEN 'tiktok' END,
  CASE :home WHEN 'source' THEN snowflake(:idem, now()) END,
  CASE :home WHEN 'source' THEN :buyer END, :idem
FROM clock, numbers, name;
INSERT INTO payment_order (payment_id, ext_platform, ext_order_id)
SELECT payment_id, coalesce(ext_platform, 'tokopedia'), :order_token FROM payment
WHERE idem_key = :idem;
INSERT INTO payments_request (idem_key, ext_platform, kind, answer)
SELECT :idem, ext_platform, 'start', gateway_ref FROM payment WHERE idem_key = :idem;
SELECT payment_token, pay_amount, pay_status FROM payment_seen WHERE idem = :idem;
