-- Adds storm events by their id; an event that is read again counts as read last. A file of the whole country is asked
-- for some places: events of other states are counted and left out.
-- needs: stage_storm
-- reads: dim_place, fact_storm_event, new_fetch, stage_history_place, stage_storm
-- writes: asked_state, fact_storm_event, read_storm, weather_file_problem
create or replace temp table asked_state as
select distinct asked.fetch_no, town.state
from stage_history_place as asked
join dim_place as town on town.place_key = asked.place_key;

insert into weather_file_problem by name
select
    new_fetch.fetch_id, 'an event of another state than the places' as problem, count(*) as rows, 0 as line,
    '' as sample
from stage_storm as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where
    staged.fetch_no in (select fetch_no from asked_state)
    and (staged.fetch_no, staged.state) not in (select (fetch_no, state) from asked_state)
group by new_fetch.fetch_id;

create or replace temp table read_storm as
select
    staged.event_id, staged.event, staged.state, staged.zone, staged.area, staged.begin_date, staged.begin_at,
    staged.end_at, staged.office, staged.magnitude, staged.magnitude_unit, staged.magnitude_type,
    staged.tornado_scale, staged.injuries, staged.deaths, staged.damage_usd, staged.crop_damage_usd, staged.lat,
    staged.lon, staged.narrative, new_fetch.requested_at as read_at
from stage_storm as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where
    staged.fetch_no not in (select fetch_no from asked_state)
    or (staged.fetch_no, staged.state) in (select (fetch_no, state) from asked_state)
qualify row_number() over (partition by staged.event_id order by new_fetch.requested_at desc, staged.begin_at) = 1;

delete from read_storm
where
    exists (
        select 1
        from fact_storm_event as known
        where known.event_id = read_storm.event_id and known.read_at > read_storm.read_at
    );

delete from fact_storm_event
where event_id in (select event_id from read_storm);

insert into fact_storm_event by name
select
    event_id, event, state, zone, area, begin_date, begin_at, end_at, office, magnitude, magnitude_unit,
    magnitude_type, tornado_scale, injuries, deaths, damage_usd, crop_damage_usd, lat, lon, narrative, read_at
from read_storm;
