-- The rows of place_alias, which has no month.
-- reads: lake_place(), place_alias
select
    'all' as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from place_alias as own
