-- Both have a new shape since 28 January, without tags since then. Alpha was looked at on that day, beta on the day
-- before.
update dim_source set reviewed_date = if(name = 'alpha', date '2024-01-28', date '2024-01-27') where name in ('alpha', 'beta');
insert into fact_source_day
select source_id, d::date, 3, 3, 10, 0, 0, 0, true
from (values (1), (2)) s(source_id), generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
insert into agg_template_day
select source_id, 'heartland', if(d >= date '2024-01-28', 'f2', 'f1'), d::date, 10, 10, 10, 5, if(d >= date '2024-01-28', 0, 9), 10, 8
from (values (1), (2)) s(source_id), generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
