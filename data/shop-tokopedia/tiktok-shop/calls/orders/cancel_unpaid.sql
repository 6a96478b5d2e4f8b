-- The platform cancels an order whose payment did not come in time.
-- Its units are still to go back.
SELECT refuse('paid meanwhile') FROM orders WHERE idem_key = :idem
AND status NOT IN ('UNPAID', 'CANCELLED');
UPDATE orders SET status = 'CANCELLED', cancel_time = now() / 1000000,
  update_time = now() / 1000000, cancel_initiator = 'SYSTEM',
  cancel_reason = 'payment did not come', stock_return = 1
WHERE idem_key = :idem AND status = 'UNPAID';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT id, cancel_initiator, cancel_reason, cancel_time FROM orders WHERE idem_key = :idem
ON CONFLICT (order_id) DO NOTHING;
SELECT 'cancelled' AS status, 1 AS gives_back;
