-- The rows of agg_tag_day by month of posted_date.
-- compares: marked months
-- reads: agg_tag_day, is_compared(), lake_source(), lake_tag()
select
    coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_source(own.source_id) as source_id,
        lake_tag(own.tag_id) as tag_id
    )
from agg_tag_day as own
where is_compared(own.posted_date)
