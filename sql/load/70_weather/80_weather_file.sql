-- Appends the files and responses of weather history, what could not be read in each, and for which places each station
-- was loaded. A file whose format is not read has a row too, without a format.
-- needs: stage_history, stage_history_place, stage_history_problem, stage_report, stage_station_day
-- reads: dim_place, new_fetch, stage_history, stage_history_place, stage_history_problem, stage_report,
--     stage_station_day
-- writes: place_station, weather_file, weather_file_problem
insert into weather_file by name
select
    new_fetch.fetch_id, staged.format, staged.provider, staged.method, coalesce(staged.rows, 0) as rows,
    coalesce(staged.kept, 0) as kept
from new_fetch
left join stage_history as staged on staged.fetch_no = new_fetch.fetch_no
where
    new_fetch.fetch_no in (select fetch_no from stage_history)
    or new_fetch.fetch_no in (select fetch_no from stage_history_problem);

insert into weather_file_problem by name
select new_fetch.fetch_id, staged.problem, staged.rows, staged.line, staged.sample
from stage_history_problem as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;

insert into place_station by name
with met as (
    select fetch_no, station from stage_report
    union
    select fetch_no, station from stage_station_day
)

select distinct town.place_id, met.station
from met
join new_fetch on new_fetch.fetch_no = met.fetch_no
join stage_history_place as asked on asked.fetch_no = met.fetch_no
join dim_place as town on town.place_key = asked.place_key
on conflict do nothing;
