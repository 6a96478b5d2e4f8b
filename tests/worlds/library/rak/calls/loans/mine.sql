-- The member's loans, by their keys.
SELECT json_group_array(json_object('idem', idem, 'status', status, 'total', total)) AS loans
FROM (SELECT idem, status, total FROM lending_seen WHERE buyer = :buyer ORDER BY idem);
