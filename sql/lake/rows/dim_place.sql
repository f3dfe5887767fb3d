-- The rows of dim_place, which has no month.
-- reads: dim_place, lake_place()
select
    'all' as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from dim_place as own
