-- Puts a title into the member's basket; again is the same.
SELECT refuse('no such book') WHERE :item IS NULL;
INSERT INTO basket (owner, home) VALUES (:buyer, :home) ON CONFLICT DO NOTHING;
INSERT INTO basket_line (owner, item, added_at)
VALUES (:buyer, :item, strftime('%Y-%m-%dT%H:%M:%SZ', now() / 1000000, 'unixepoch')) ON CONFLICT DO NOTHING;
SELECT :item AS added;
