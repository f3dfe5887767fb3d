-- Source days for export: without a row where observed is true, a count of zero articles has no meaning.
-- grain: one source on one local day, by month
-- reads: dim_source, fact_source_day
select
    strftime(day.date, '%Y-%m') as month, source.name as source, day.date, day.channel_reads, day.good_runs,
    day.new_articles, day.changed_articles, day.refused, day.failed, day.observed
from fact_source_day as day
join dim_source as source on source.source_id = day.source_id
order by month, source, day.date
