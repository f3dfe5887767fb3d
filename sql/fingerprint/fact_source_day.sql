-- Counts and hashes the rows of fact_source_day.
-- reads: dim_source, fact_source_day
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.date, fact.channel_reads, fact.good_runs, fact.new_articles, fact.changed_articles,
        fact.refused, fact.failed, fact.observed
    ))::hugeint), 0)::text as hash
from fact_source_day as fact
join dim_source as source on source.source_id = fact.source_id;
