-- The money for the order of :idem is there.
-- An order cancelled meanwhile says so; its money goes back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 220, 'system', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
UPDATE orders SET order_status = 220, is_held = remorse_hold,
  payment_time = local_text(now() / 1000000),
  accept_deadline = local_text((now() + :accept_within) / 1000000),
  ship_deadline = local_text((now() + :ship_within) / 1000000),
  update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
SELECT status FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem);
