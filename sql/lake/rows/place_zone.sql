-- The rows of place_zone, which has no month.
-- reads: lake_place(), place_zone
select
    'all' as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from place_zone as own
