-- The order was cancelled for want of money: nobody waits for it any more.
UPDATE payment SET status_id = 3 WHERE idem_key = :idem AND status_id = 1;
SELECT 1 AS ok;
