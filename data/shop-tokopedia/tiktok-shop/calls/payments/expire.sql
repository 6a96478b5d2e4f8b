-- The order was cancelled for want of money: nobody waits for it any more.
UPDATE payment SET status = 'VOID' WHERE idem_key = :idem AND status = 'PENDING';
SELECT 1 AS ok;
