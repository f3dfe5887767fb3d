-- The rows of dim_tag, which has no month.
-- reads: dim_tag, lake_tag()
select
    'all' as lake_month,
    own.* replace (lake_tag(own.tag_id) as tag_id)
from dim_tag as own
