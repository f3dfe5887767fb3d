-- The rows of dim_organisation, which has no month.
-- reads: dim_organisation, lake_organisation()
select
    'all' as lake_month,
    own.* replace (lake_organisation(own.organisation_id) as organisation_id)
from dim_organisation as own
