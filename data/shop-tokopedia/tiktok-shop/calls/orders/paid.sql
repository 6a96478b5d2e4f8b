-- The money for the order of :idem is there.
-- An order cancelled meanwhile says so; its money goes back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
UPDATE orders SET status = CASE remorse_hold WHEN 1 THEN 'ON_HOLD' ELSE 'AWAITING_SHIPMENT' END,
  is_on_hold = remorse_hold, paid_time = now() / 1000000, update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'UNPAID';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
SELECT status FROM order_seen WHERE idem = :idem;
