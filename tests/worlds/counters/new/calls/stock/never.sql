-- Always says no.
SELECT refuse('not today');
SELECT 1 AS never;
