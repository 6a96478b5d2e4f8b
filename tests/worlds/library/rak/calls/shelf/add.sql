-- Puts a title into the member's basket; again is the same.
SELECT refuse('no such book') WHERE :item IS NULL;
INSERT INTO basket (owner, home) VALUES (:buyer, :home) ON CONFLICT DO NOTHING;
INSERT INTO basket_line (owner, item, added_at)
VALUES (:buyer, :item, time_text(now() / 1000000)) ON CONFLICT DO NOTHING;
SELECT :item AS added;
