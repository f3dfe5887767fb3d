insert into fact_source_day
select 1, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d);
insert into agg_article_day
select source, d::date, kind, if(kind = 'wire', if(source = 1 and d > date '2024-02-02', 5, 1), if(source = 1 and d > date '2024-02-02', 1, 4)), 1
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d)
cross join (values (1), (2)) s(source) cross join (values ('own'), ('wire')) k(kind);
