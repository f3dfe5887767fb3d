-- The rows of place_station, which has no month.
-- reads: lake_place(), place_station
select
    'all' as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from place_station as own
