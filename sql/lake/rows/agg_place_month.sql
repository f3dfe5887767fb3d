-- The rows of agg_place_month by month of month_date.
-- compares: marked months
-- reads: agg_place_month, is_compared(), lake_place(), lake_source()
select
    coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_source(own.source_id) as source_id,
        lake_place(own.place_id) as place_id
    )
from agg_place_month as own
where is_compared(own.month_date)
