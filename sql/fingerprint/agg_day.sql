select count(*) as rows, coalesce(sum(hash((
    date, sources, observed_sources, articles, observed_articles
))::hugeint), 0)::text as content
from agg_day;
