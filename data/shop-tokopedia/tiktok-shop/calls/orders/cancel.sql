-- Takes back the order that a shopper gave up on; before the order, it forbids it.
-- An order that has been paid meanwhile stands.
-- Says whether its units go back.
INSERT INTO orders_request (idem_key, kind)
SELECT :idem, 'void' WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem)
ON CONFLICT (idem_key) DO NOTHING;
UPDATE orders SET status = 'CANCELLED', is_on_hold = 0, cancel_time = now() / 1000000,
  update_time = now() / 1000000, cancel_initiator = 'BUYER', cancel_reason = 'checkout given up',
  stock_return = 1
WHERE idem_key = :idem AND (status = 'UNPAID' OR is_cod = 1
  AND status IN ('ON_HOLD', 'AWAITING_SHIPMENT'));
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT id, cancel_initiator, cancel_reason, cancel_time FROM orders
WHERE idem_key = :idem AND status = 'CANCELLED'
ON CONFLICT (order_id) DO NOTHING;
SELECT NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem AND status <> 'CANCELLED')
  AS gives_back;
