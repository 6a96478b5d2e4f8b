-- The merchant accepts and packs: one package with a tracking number.
UPDATE orders SET status = 'AWAITING_COLLECTION', rts_time = now() / 1000000,
  update_time = now() / 1000000
WHERE idem_key = :idem AND status = 'AWAITING_SHIPMENT';
INSERT INTO package (id, status, tracking_number, provider_id)
SELECT new_id(:idem), 'PROCESSING', 'TTS' || new_id(:idem), '1' FROM orders o
WHERE o.idem_key = :idem AND o.status = 'AWAITING_COLLECTION'
AND NOT EXISTS (SELECT 1 FROM package_order WHERE order_id = o.id);
INSERT INTO package_order (package_id, order_id)
SELECT new_id(:idem), o.id FROM orders o
WHERE o.idem_key = :idem AND o.status = 'AWAITING_COLLECTION'
AND NOT EXISTS (SELECT 1 FROM package_order WHERE order_id = o.id);
UPDATE order_line SET package_id = new_id(:idem), display_status = 'AWAITING_COLLECTION'
WHERE order_id = (SELECT id FROM orders WHERE idem_key = :idem AND status = 'AWAITING_COLLECTION')
AND package_id IS NULL;
SELECT status FROM order_seen WHERE idem = :idem;
