-- What the front page greets with: the house's name and its newest books.
SELECT :front AS front,
       (SELECT json_group_array(title) FROM (SELECT title FROM book ORDER BY id DESC LIMIT 5))
         AS newest;
