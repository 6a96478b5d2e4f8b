-- The reader's own card.
SELECT refuse('log in again') WHERE NOT EXISTS (SELECT 1 FROM reader WHERE id = :buyer);
SELECT name FROM reader WHERE id = :buyer;
