-- Loans as facts.
SELECT idem_key AS witness, id AS token, reader_id AS buyer, lower(status) AS status,
       minor(total) AS total, id AS root
FROM loan ORDER BY idem_key;
