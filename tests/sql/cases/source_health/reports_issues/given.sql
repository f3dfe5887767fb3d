-- Alpha has one new article instead of ten a day (today is not over and does not count), its pages lost their tags, and
-- most have a new shape. Beta was not observed for three days. Gamma is disabled and has no issues.
insert into dim_source (source_id, name, kind, title, home, zone, call_sign, owner, place_key, enabled) values (3, 'gamma', 'station', 'Gamma', null, 'America/Chicago', 'KCCC', null, null, false);
insert into fact_source_day
select 1, d::date, 3, 3, 10, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d);
update fact_source_day set new_articles = 1 where date = date '2024-02-09';
insert into fact_source_day values (1, date '2024-02-10', 1, 1, 0, 0, 0, 0, true);
insert into fact_source_day
select 2, d::date, 3, 3, 3, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-07', interval 1 day) t(d);
insert into fact_source_day values (2, date '2024-02-08', 0, 0, 0, 0, 0, 4, false);
insert into agg_template_day
select 1, 'heartland', if(d >= date '2024-02-05', 'f2', 'f1'), d::date, 10, 10, 10, 5, if(d >= date '2024-02-04', 2, 9), 10, 8
from generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
