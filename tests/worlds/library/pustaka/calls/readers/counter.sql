-- What the counter of a branch is called.
SELECT name AS counter FROM branch WHERE id = :branch;
