-- The rows of source_era, which has no month.
-- reads: lake_source(), source_era
select
    'all' as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from source_era as own
