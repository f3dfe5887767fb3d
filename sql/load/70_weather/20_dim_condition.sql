-- Adds sky conditions that are not known yet.
-- needs: stage_observation, stage_panel, stage_report
-- reads: dim_condition, stage_observation, stage_panel, stage_report
-- writes: dim_condition
insert into dim_condition (condition_id, name)
with staged as (
    select condition from stage_panel where condition is not null
    union
    select condition from stage_observation where condition is not null
    union
    select condition from stage_report where condition is not null
)

select
    (select coalesce(max(condition_id), 0) from dim_condition) + row_number() over (order by condition) as condition_id,
    condition as name
from staged
where condition not in (select name from dim_condition);
