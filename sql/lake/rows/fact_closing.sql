-- The rows of fact_closing by month of effective_date.
-- reads: fact_closing, lake_organisation(), lake_source()
select
    coalesce(strftime(own.effective_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_source(own.source_id) as source_id,
        lake_organisation(own.organisation_id) as organisation_id
    )
from fact_closing as own
