-- The platform cancels an order whose payment did not come in time.
-- Its units are still to go back.
SELECT refuse('paid meanwhile') FROM orders
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status > 200 AND order_status <> 550;
INSERT INTO order_history (order_id, seq, code, action_by, ts)
SELECT order_id, next_seq, 10, 'system', local_text(now() / 1000000) FROM order_seen
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
UPDATE orders SET order_status = 10, stock_return = 1,
  cancel_by = 'system', cancel_reason = 'payment did not come',
  cancel_time = local_text(now() / 1000000), update_time = local_text(now() / 1000000)
WHERE order_id = (SELECT max(order_id) FROM orders WHERE idem_key = :idem)
AND order_status BETWEEN 100 AND 200;
SELECT 'cancelled' AS status, 1 AS gives_back;
