-- At 6:00 on 2 January the weather service forecasts a low of 22 for the night that follows; it is 20. The night before is not
-- over then: its 10 at 8:00 is not known yet, so the baseline is the 24 of the night to 1 January.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null);
insert into fact_weather_observation (place_id, place, provider, method, observed_at, until_at, temp_f, page_count)
select 1, 'Aburg', 'KSTJ', 'nws', moment, moment, temp_f, 1
from (
    values (timestamptz '2024-01-01 11:00:00+00', 24), (timestamptz '2024-01-02 02:00:00+00', 30),
    (timestamptz '2024-01-02 14:00:00+00', 10), (timestamptz '2024-01-03 11:00:00+00', 20)
) as readings (moment, temp_f);
insert into fact_weather_forecast values
(1, 'Aburg', 'nws', 'nws', timestamptz '2024-01-02 12:00:00+00', date '2024-01-02', 'Tonight', null, 22, null, null);
