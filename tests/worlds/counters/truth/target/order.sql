-- Orders as facts.
SELECT idem AS witness, 'o' || idem AS token, 'b' || (1 + idem % 4) AS buyer, n AS root
FROM orders_log WHERE what = 'place' ORDER BY idem;
