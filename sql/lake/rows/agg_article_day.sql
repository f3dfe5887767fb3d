-- The rows of agg_article_day by month of posted_date.
-- compares: marked months
-- reads: agg_article_day, is_compared(), lake_source()
select
    coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from agg_article_day as own
where is_compared(own.posted_date)
