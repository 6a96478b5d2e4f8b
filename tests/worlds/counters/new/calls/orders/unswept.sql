-- Orders of the home that are here and not swept yet.
SELECT json_group_array(json_object('idem', idem, 'buyer', 'b' || (1 + idem % 4))) AS list
FROM (SELECT idem FROM orders_log o WHERE what = 'place' AND :home = 'source'
        AND NOT EXISTS (SELECT 1 FROM orders_log s WHERE s.idem = o.idem AND s.what = 'sweep')
      ORDER BY idem);
