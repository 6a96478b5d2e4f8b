-- One title: its name, fee (hundredths) and how many copies are in, in bands.
SELECT name AS title, writer AS author, fee,
       CASE WHEN free_copies = 0 THEN 'none' WHEN free_copies <= 5 THEN 'few'
         ELSE 'enough' END AS stock
FROM title WHERE title_no = :item;
