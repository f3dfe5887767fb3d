-- Every page of alpha has a new shape since 13 days ago, every page of beta since 15 days ago.
insert into fact_source_day
select source_id, d::date, 3, 3, 10, 0, 0, 0, true
from (values (1), (2)) s(source_id), generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
insert into agg_template_day
select source_id, 'heartland', if(d >= date '2024-02-10' - days, 'f2', 'f1'), d::date, 10, 10, 10, 5, if(d >= date '2024-02-04', 8, 9), 10, 8
from (values (1, 13), (2, 15)) s(source_id, days), generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
