-- One row per source and local day on which anything was requested.
-- reads: dim_source, fact_source_day
-- writes: source_days
create or replace view source_days as
select
    source.name as source, day.date, day.observed, day.channel_reads, day.good_runs, day.new_articles,
    day.changed_articles, day.refused, day.failed
from fact_source_day as day
join dim_source as source on source.source_id = day.source_id;
