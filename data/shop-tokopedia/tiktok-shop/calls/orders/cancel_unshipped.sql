-- The platform cancels a paid order that its shop did not ship in time, unless the courier comes
-- for it by now.
-- Its money and its units are still to go back.
SELECT refuse('no such order') WHERE NOT EXISTS (SELECT 1 FROM orders WHERE idem_key = :idem);
SELECT refuse('too late to cancel') FROM orders
WHERE idem_key = :idem AND status <> 'CANCELLED' AND status <> 'AWAITING_SHIPMENT'
AND NOT (status = 'AWAITING_COLLECTION' AND update_time > (now() - :ship_after) / 1000000);
UPDATE orders SET status = 'CANCELLED', cancel_time = now() / 1000000,
  update_time = now() / 1000000, cancel_initiator = 'SYSTEM', cancel_reason = 'not shipped in time',
  stock_return = 2
WHERE idem_key = :idem AND status <> 'CANCELLED';
UPDATE order_line SET display_status = o.status FROM orders o
WHERE o.idem_key = :idem AND order_id = o.id AND display_status <> o.status;
UPDATE package SET status = 'CANCELLED' WHERE status = 'PROCESSING' AND id IN
  (SELECT po.package_id FROM orders o JOIN package_order po ON po.order_id = o.id
   WHERE o.idem_key = :idem AND o.status = 'CANCELLED')
AND NOT EXISTS (SELECT 1 FROM package_order po JOIN orders o ON o.id = po.order_id
  WHERE po.package_id = package.id AND o.status <> 'CANCELLED');
INSERT INTO cancellation (order_id, initiator, reason, create_time)
SELECT id, cancel_initiator, cancel_reason, cancel_time FROM orders WHERE idem_key = :idem
ON CONFLICT (order_id) DO NOTHING;
SELECT 'cancelled' AS status, 1 AS gives_back;
