-- What the front page greets with: the house's name and its newest titles.
SELECT :front AS front,
       (SELECT json_group_array(name) FROM (SELECT name FROM title ORDER BY title_no DESC LIMIT 5))
         AS newest;
