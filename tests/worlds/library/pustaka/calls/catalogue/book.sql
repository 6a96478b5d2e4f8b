-- One book: its title, fee (hundredths) and how many copies are in, in bands.
SELECT b.title, b.author, minor(b.fee) AS fee,
       CASE WHEN c.available = 0 THEN 'none' WHEN c.available <= 5 THEN 'few'
         ELSE 'enough' END AS stock
FROM book b JOIN copies c ON c.book_id = b.id WHERE b.id = :item;
