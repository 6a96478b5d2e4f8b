-- Books in baskets as facts.
SELECT owner || '/' || item AS witness, NULL AS token, owner AS buyer, owner AS root
FROM basket_line ORDER BY owner, item;
