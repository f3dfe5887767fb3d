insert into fact_source_day
select 1, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 2, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d);
-- Wednesday, Saturday, and the last day, which is not over; a Thursday that was not observed; a small source that is often silent.
update fact_source_day set new_articles = 0 where date in (date '2024-02-07', date '2024-02-03', date '2024-02-09');
update fact_source_day set new_articles = 0, observed = false where source_id = 1 and date = date '2024-02-08';
