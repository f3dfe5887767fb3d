-- The rows of agg_tag_pair_month by month of month_date.
-- compares: marked months
-- reads: agg_tag_pair_month, is_compared(), lake_tag()
select
    coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_tag(own.tag_id) as tag_id,
        lake_tag(own.other_tag_id) as other_tag_id
    )
from agg_tag_pair_month as own
where is_compared(own.month_date)
