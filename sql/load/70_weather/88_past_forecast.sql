-- Adds what earlier model runs forecast for each local day of a place, one row per place, time of issue and day. A day
-- that is read again counts as read last.
-- needs: stage_past_forecast
-- reads: dim_place, new_fetch, stage_history, stage_history_place, stage_past_forecast
-- writes: fact_weather_forecast, past_forecast
create or replace temp table past_forecast as
select
    town.place_id, coalesce(town.name, '') as place, coalesce(history.provider, new_fetch.source) as provider,
    staged.method, staged.issued_at, staged.valid_date, 'day' as period, staged.hi_f, staged.lo_f
from stage_past_forecast as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join stage_history as history on history.fetch_no = staged.fetch_no
left join stage_history_place as asked on asked.fetch_no = staged.fetch_no
left join dim_place as town on town.place_key = asked.place_key
qualify
    row_number() over (
        partition by town.place_id, staged.method, staged.issued_at, staged.valid_date
        order by new_fetch.requested_at desc, staged.hi_f, staged.lo_f
    ) = 1;

delete from fact_weather_forecast as known
using past_forecast as fresh
where
    known.method = fresh.method and known.provider = fresh.provider and known.issued_at = fresh.issued_at
    and known.valid_date = fresh.valid_date and known.place_id is not distinct from fresh.place_id;

insert into fact_weather_forecast by name
select
    place_id, place, provider, method, issued_at, valid_date, period, hi_f, lo_f
from past_forecast;
