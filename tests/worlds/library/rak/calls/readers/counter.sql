-- What a desk is called.
SELECT name AS counter FROM desk WHERE desk_no = :branch;
