-- What is known of each local day of the source named `source`, in order of date.
-- grain: one day, with the columns of all_sources.sql
-- reads: agg_tag_coverage, dim_source, fact_source_day
with named as (
    select source_id from dim_source where name = $source::text
)

select
    date,
    count(*) filter (where in_ledger) as sources,
    count(*) filter (where observed) as observed_sources,
    coalesce(sum(articles), 0)::bigint as articles,
    if(observed_sources > 0, coalesce(sum(articles), 0), 0)::bigint as observed_articles,
    coalesce(sum(tagged_articles), 0)::bigint as tagged_articles
from (
    select date, true as in_ledger, observed, null as articles, null as tagged_articles
    from fact_source_day
    where source_id in (select source_id from named)
    union all
    select date, false, false, articles, tagged_articles
    from agg_tag_coverage
    where source_id in (select source_id from named)
)
group by date
order by date
