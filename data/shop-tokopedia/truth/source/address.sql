-- What was added to address books in the run.
SELECT user_id || '/' || idem_key AS witness, user_id AS buyer, name AS receiver, line1 AS street,
  postal, id AS root
FROM address WHERE idem_key > 0;
