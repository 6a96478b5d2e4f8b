-- The money for the order of :idem is there. An order cancelled meanwhile says so; its money goes back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT o.order_id, (SELECT coalesce(max(seq), 0) FROM order_history WHERE order_id = o.order_id) + 1,
  220, 'system',
  time_text(now() / 1000000 + 25200)
FROM orders o
WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND (o.order_status BETWEEN 100 AND 200);
UPDATE orders SET order_status = 220, is_held = remorse_hold,
  payment_time = time_text(now() / 1000000 + 25200),
  accept_deadline = time_text((now() + :accept_within) / 1000000 + 25200),
  ship_deadline = time_text((now() + :ship_within) / 1000000 + 25200),
  update_time = time_text(now() / 1000000 + 25200)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
SELECT CASE WHEN o.is_held = 1 THEN 'on_hold' WHEN o.order_status BETWEEN 100 AND 200 THEN 'unpaid'
    WHEN o.order_status BETWEEN 220 AND 400 THEN 'paid' WHEN o.order_status = 450 THEN 'packed'
    WHEN o.order_status BETWEEN 500 AND 540 THEN 'shipped' WHEN o.order_status BETWEEN 600 AND 601 THEN 'delivered'
    WHEN o.order_status BETWEEN 700 AND 701 THEN 'completed' ELSE 'cancelled' END AS status
FROM orders o WHERE o.order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
