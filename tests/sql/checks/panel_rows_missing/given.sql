insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into panel_reading (fetch_id, source_id, position, place, condition, temp_f, hi_f, lo_f, feels_like_f, captured_at) 
select page, 1, n, 'Town ' || n, 'Clear', 30, 40, 20, 30, '2024-01-01 00:00:00+00'
from range(1, 11) f(page) cross join range(1, 6) t(n)
where not (page = 4 and n = 5);
update panel_reading set place = null where fetch_id = 7 and position = 2;
