insert into dim_condition
select (select coalesce(max(condition_id), 0) from dim_condition) + row_number() over (order by condition), condition
from (
    select condition from stage_panel where condition is not null
    union
    select condition from stage_observation where condition is not null
)
where condition not in (select name from dim_condition);
