-- Counts and hashes the rows of agg_day.
-- reads: agg_day
select
    count(*) as rows,
    coalesce(sum(hash((
        date, sources, observed_sources, articles, observed_articles, tagging_sources, tagging_articles,
        tagged_articles
    ))::hugeint), 0)::text as hash
from agg_day;
