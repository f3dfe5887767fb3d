-- When the local days near this batch's exchanges begin and end, by zone: an instant's local day is then found by
-- comparing, where asking the zone's rules for every row costs microseconds. An instant of the UTC day `date` falls on
-- the local day of that date, the one before it or the one after. A day begins with its first midnight, where the clock
-- is set back over midnight too.
create or replace temp table local_day as
with zones as (
    select coalesce(zone, 'UTC') as zone from dim_source
    union
    select zone from dim_place
),
days as (
    select distinct near.date + away::integer as date
    from (select distinct requested_at::date as date from stage_fetch where requested_at is not null) as near
    cross join range(-2, 4) as around(away)
),
midnight as (
    select zones.zone, days.date, timezone(zones.zone, days.date::timestamp) as last_at
    from zones
    cross join days
),
begun as materialized (
    select
        zone, date,
        case when timezone(zone, last_at - interval 1 hour)::date = date then last_at - interval 1 hour else last_at end
            as from_at
    from midnight
)
select begun.zone, begun.date, begun.from_at, next.from_at as before_at
from begun
join begun as next on next.zone = begun.zone and next.date = begun.date + 1;
