-- Copies that can still be lent.
SELECT title_no AS item, free_copies AS available FROM title ORDER BY title_no;
