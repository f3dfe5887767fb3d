-- The rows of dim_source_version, which has no month.
-- reads: dim_source_version, lake_source()
select
    'all' as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from dim_source_version as own
