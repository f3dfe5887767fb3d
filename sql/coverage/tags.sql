-- How many articles of a range have tags, over all sources or of the one named `source`, and the days on which the tags
-- of a source had collapsed.
-- grain: one row with a null source for all articles, then one source with such days
-- reads: agg_tag_coverage, agg_untagged_day, dim_source
with selected as (
    select source_id, name from dim_source where $source::text is null or name = $source::text
)

select
    null as source, sum(coverage.articles)::bigint as articles,
    sum(coverage.tagged_articles)::bigint as tagged_articles,
    min(coverage.date) as first_date, max(coverage.date) as last_date
from agg_tag_coverage as coverage
join selected on selected.source_id = coverage.source_id
where
    coverage.date >= coalesce($since::date, '-infinity'::date)
    and coverage.date <= coalesce($until::date, 'infinity'::date)
union all
select selected.name, count(*), null, min(untagged.date), max(untagged.date)
from agg_untagged_day as untagged
join selected on selected.source_id = untagged.source_id
where
    untagged.date >= coalesce($since::date, '-infinity'::date)
    and untagged.date <= coalesce($until::date, 'infinity'::date)
group by selected.name
order by source nulls first
