insert into agg_template_day
select source, 'heartland', if(source = 1 and d >= date '2024-02-07', 'f2', 'f1'), d::date, 10, 10, 10, 10, 10, 10, 10
from generate_series(date '2024-01-01', date '2024-02-09', interval 1 day) t(d) cross join (values (1), (2)) s(source);
-- A shape of a few pages is no redesign, and a source with no past has none to leave.
insert into agg_template_day values (2, 'heartland', 'f3', date '2024-02-09', 4, 4, 4, 4, 4, 4, 4),
(3, 'heartland', 'f4', date '2024-02-09', 40, 40, 40, 40, 40, 40, 40);
