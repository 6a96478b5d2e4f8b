-- The member's own card.
SELECT refuse('log in again') WHERE NOT EXISTS (SELECT 1 FROM member WHERE member_no = :buyer);
SELECT name FROM member WHERE member_no = :buyer;
