-- The rows of dim_condition, which has no month.
-- reads: dim_condition, lake_condition()
select
    'all' as lake_month,
    own.* replace (lake_condition(own.condition_id) as condition_id)
from dim_condition as own
