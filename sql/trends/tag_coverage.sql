-- title: Tag coverage
-- question: How many articles of each source have tags, and when did a source stop tagging?
-- grain: one source x period; share is 0..1 of the articles known, 95 % interval, null where none is known
-- range: history
-- known: counted
-- needs: articles with a day of posting
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: by by = week - length of a period
-- param: source text = none - only this source (none: those with the most collapsed days, then articles)
-- param: top integer = 5 - number of sources when none is named
-- chart: line
-- x: period
-- y: share
-- series: source
-- heading: share = share with tags
-- heading: tagged_articles = articles with tags
-- heading: all_articles = all articles
-- heading: collapsed_days = days without tags
with counts as materialized (
    select
        coverage.source_id, source.name as source, date_trunc($by::text, coverage.date)::date as period,
        sum(coverage.articles)::bigint as articles, sum(coverage.tagged_articles)::bigint as tagged_articles,
        count(untagged.date) as collapsed_days
    from agg_tag_coverage as coverage
    join selected_sources($source::text) as source on source.source_id = coverage.source_id
    left join agg_untagged_day as untagged
        on untagged.source_id = coverage.source_id and untagged.date = coverage.date
    where coverage.date between $since::date and $until::date
    group by all
),

leading_sources as (
    select source_id, any_value(source) as source
    from counts
    group by source_id
    order by sum(collapsed_days) desc, sum(articles) desc, source
    limit $top::integer
)

select
    periods.period,
    leading_sources.source,
    round(counts.tagged_articles / counts.articles, 4) as share,
    round(wilson_low(counts.tagged_articles, counts.articles), 4) as share_low,
    round(wilson_high(counts.tagged_articles, counts.articles), 4) as share_high,
    coalesce(counts.tagged_articles, 0) as tagged_articles,
    coalesce(counts.articles, 0) as all_articles,
    coalesce(counts.collapsed_days, 0) as collapsed_days,
    periods.observed_days > 0 as observed,
    periods.days
from periods($since::date, $until::date, $by::text, $source::text) as periods
cross join leading_sources
left join counts on counts.source_id = leading_sources.source_id and counts.period = periods.period
order by leading_sources.source, periods.period
