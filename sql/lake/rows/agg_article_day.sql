-- The rows of agg_article_day by month of posted_date.
-- reads: agg_article_day
select coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month, own.* from agg_article_day as own
