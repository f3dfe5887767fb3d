-- Computes the UTC start and end of each local day near the staged exchanges, per time zone. Comparing an instant with
-- these bounds is faster than converting every row.
-- reads: dim_place, dim_source, stage_fetch
-- writes: local_day
create or replace temp table local_day as
with zones as (
    select coalesce(zone, 'UTC') as zone from dim_source
    union
    select zone from dim_place
),

utc_days as (
    select distinct requested_at::date as date from stage_fetch where requested_at is not null
),

-- An instant of UTC day D falls on local day D - 1, D or D + 1; each day also needs the start of the next one.
days as (
    select distinct utc_days.date + offsets.away::integer as date
    from utc_days
    cross join range(-2, 4) as offsets (away)
),

midnights as (
    select zones.zone, days.date, timezone(zones.zone, days.date::timestamp) as last_at
    from zones
    cross join days
),

-- Where clocks are set back across midnight, the day starts at the first of its two midnights.
starts as materialized (
    select
        zone, date,
        case when timezone(zone, last_at - interval 1 hour)::date = date then last_at - interval 1 hour else last_at end
            as from_at
    from midnights
)

select starts.zone, starts.date, starts.from_at, following.from_at as before_at
from starts
join starts as following on following.zone = starts.zone and following.date = starts.date + 1;
