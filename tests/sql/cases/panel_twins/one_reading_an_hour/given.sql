-- Aburg and Bville agree in 24 of 24 hours, Ceton never. Every panel is on two pages. In a second source the temperature
-- never changes.
insert into panel_reading
select 10 * h + page, 1, place.n, place.name, 'Clear', (30 + h + if(place.n = 3, 5, 0))::integer, 50, 20, 30,
timestamptz '2024-01-01 00:00:00+00' + to_hours(h::integer) + to_minutes(page::integer)
from range(0, 24) t(h) cross join range(0, 2) p(page)
cross join (values (1, 'Aburg'), (2, 'Bville'), (3, 'Ceton')) place(n, name);
insert into panel_reading
select 1000 + h, 2, place.n, place.name, 'Clear', 30, 50, 20, 30, timestamptz '2024-01-01 00:00:00+00' + to_hours(h::integer)
from range(0, 24) t(h) cross join (values (1, 'Deeton'), (2, 'Eburg')) place(n, name);
insert into panel_reading values (5000, 1, 1, 'Aburg', 'Clear', 1, 1, 1, 1, null), (5001, 1, 4, null, 'Clear', 1, 1, 1, 1, '2024-01-01 00:00:00+00');
