-- grain: one forecast of a place for a day, by month of that day
select
    strftime(said.valid_date, '%Y-%m') as month, town.place_key, said.place, said.provider, said.method, said.issued_at,
    said.valid_date, said.period, said.hi_f, said.lo_f, said.precip_pct
from fact_weather_forecast as said
left join dim_place as town on town.place_id = said.place_id
order by month, said.provider, said.place, said.valid_date, said.issued_at, said.period
