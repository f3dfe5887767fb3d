insert into agg_tag_coverage
select source, d::date, 5, if(source = 1 and d >= date '2024-01-29', 0, 4)
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d) cross join (values (1), (2)) s(source);
insert into agg_untagged_day
select 1, d::date from generate_series(date '2024-01-29', date '2024-02-01', interval 1 day) t(d)
union all select 2, date '2024-01-31';
