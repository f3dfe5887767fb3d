-- What is known of each local day over all sources, in order of date.
-- grain: one day; sources have a row in the ledger, observed_articles were posted where it was observed
-- reads: agg_day
select date, sources, observed_sources, articles, observed_articles, tagged_articles
from agg_day
order by date
