-- Appends the weather service's forecasts that are not stored yet, one row per place, issue time, day and period.
-- needs: stage_forecast
-- reads: dim_place, fact_weather_forecast, new_fetch, stage_forecast
-- writes: fact_weather_forecast
insert into fact_weather_forecast by name
with known as materialized (
    select place_id, provider, issued_at, valid_date, period
    from fact_weather_forecast
    where
        method = 'nws'
        and issued_at >= (select coalesce(min(issued_at), 'infinity') from stage_forecast)
        and issued_at <= (select max(issued_at) from stage_forecast)
)

select
    town.place_id, coalesce(town.name, '') as place, new_fetch.source as provider, 'nws' as method, staged.issued_at,
    staged.valid_date, staged.period, any_value(staged.hi_f) as hi_f, any_value(staged.lo_f) as lo_f,
    any_value(staged.precip_pct) as precip_pct, any_value(staged.text) as text
from stage_forecast as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join dim_place as town on town.place_key = staged.place_key
where
    not exists (
        select 1
        from known
        where
            known.provider = new_fetch.source and known.issued_at = staged.issued_at
            and known.valid_date = staged.valid_date and known.period = staged.period
            and known.place_id is not distinct from town.place_id
    )
group by town.place_id, town.name, new_fetch.source, staged.issued_at, staged.valid_date, staged.period;
