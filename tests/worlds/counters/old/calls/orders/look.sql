-- How often anything was done under this key.
SELECT count(*) AS seen FROM orders_log WHERE idem = :idem;
