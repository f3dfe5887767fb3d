-- title: Topic share
-- question: What share of all coverage does each topic have, counted on days we looked?
-- grain: one topic x period; share 0..1 of articles of observed days, 95 % interval, null where nobody looked
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months back from `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: by by = week - length of a period
-- param: topic topic = none - one topic only (none: the top ones)
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: top integer = 5 - how many topics when none is named, parents left out
-- chart: line
-- x: period
-- y: share
-- series: topic
with sources as (
    select source_id from dim_source where $source::text is null or name = $source::text
),

spans as (
    select
        min(date) as first_date,
        coalesce($until::date, max(date)) as until_date
    from fact_source_day
    where source_id in (select source_id from sources)
),

bounds as (
    select
        until_date,
        coalesce(
            $since::date,
            greatest(
                first_date, case $by::text when 'day' then until_date - 89 when 'week' then until_date - 727 end
            )
        ) as since_date
    from spans
),

looked as (
    select source_id, date
    from fact_source_day
    where
        observed
        and source_id in (select source_id from sources)
        and date between (select since_date from bounds) and (select until_date from bounds)
),

periods as (
    select
        date_trunc($by::text, dim_date.date)::date as period,
        count(*) as days,
        count(*) filter (where dim_date.date in (select date from looked)) as observed_days
    from dim_date
    join bounds on dim_date.date between bounds.since_date and bounds.until_date
    group by period
),

coverage as (
    select source_id, posted_date as date, articles from agg_article_day where $clock::text = 'posted'
    union all
    select source_id, first_seen_date as date, 1 as articles from fact_article where $clock::text = 'first_seen'
),

totals as (
    select date_trunc($by::text, coverage.date)::date as period, sum(coverage.articles)::bigint as articles
    from coverage
    join looked on looked.source_id = coverage.source_id and looked.date = coverage.date
    group by all
),

-- All sources and one source are two scans, of which one is planned: so no row is asked whose it is when all are meant.
labelled as not materialized (
    select tag_id, source_id, posted_date as date, articles, leaf_articles
    from agg_tag_day
    where
        $clock::text = 'posted'
        and $source::text is null
        and posted_date between (select since_date from bounds) and (select until_date from bounds)
    union all
    select tag_id, source_id, posted_date as date, articles, leaf_articles
    from agg_tag_day
    where
        $clock::text = 'posted'
        and $source::text is not null
        and source_id in (select source_id from sources)
        and posted_date between (select since_date from bounds) and (select until_date from bounds)
    union all
    select tag_id, source_id, first_seen_date as date, 1 as articles, (not is_parent)::integer as leaf_articles
    from article_tags
    where
        $clock::text = 'first_seen'
        and source_id in (select source_id from sources)
        and first_seen_date between (select since_date from bounds) and (select until_date from bounds)
),

foremost as (
    select tag_id, sum(leaf_articles) as leaf_articles
    from labelled
    where $topic::text is null
    group by tag_id
    having sum(leaf_articles) > 0
),

chosen as (
    select tag_id, label from dim_tag where folded = $topic::text
    union all
    (
        select foremost.tag_id, dim_tag.label
        from foremost
        join dim_tag on dim_tag.tag_id = foremost.tag_id
        order by foremost.leaf_articles desc, dim_tag.folded
        limit $top::integer
    )
),

told as materialized (
    select labelled.tag_id, labelled.source_id, labelled.date, labelled.articles
    from labelled
    join chosen on chosen.tag_id = labelled.tag_id
),

tagged as (
    select told.tag_id, date_trunc($by::text, told.date)::date as period, sum(told.articles)::bigint as articles
    from told
    join looked on looked.source_id = told.source_id and looked.date = told.date
    group by all
),

filled as (
    select
        periods.period, chosen.label as topic, periods.observed_days, periods.days,
        case when periods.observed_days > 0 then coalesce(tagged.articles, 0) end as articles,
        case when periods.observed_days > 0 then coalesce(totals.articles, 0) end as all_articles
    from periods
    cross join chosen
    left join totals on totals.period = periods.period
    left join tagged on tagged.period = periods.period and tagged.tag_id = chosen.tag_id
)

select
    period,
    topic,
    round(articles / nullif(all_articles, 0), 4) as share,
    round(wilson_low(articles, all_articles), 4) as share_low,
    round(wilson_high(articles, all_articles), 4) as share_high,
    articles,
    all_articles,
    observed_days > 0 as observed,
    observed_days,
    days
from filled
order by topic, period
