insert into fact_source_day
select 1, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d);
insert into agg_template_day
select source, 'heartland', 'f', d::date, 10, 10, 10, 10, if(source = 1 and d >= date '2024-01-30', 5, 9), 10, 10
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d) cross join (values (1), (2)) s(source);
