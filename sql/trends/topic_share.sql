-- title: Topic share
-- question: What share of all articles does each topic have?
-- grain: one topic x period; share is 0..1 of all articles, 95 % interval, null where none is known
-- range: history
-- known: counted
-- tags: counted
-- needs: articles with tags and a day of posting
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: by by = week - length of a period
-- param: topic topic = none - only this topic (none: the most frequent ones)
-- param: source text = none - only this source
-- param: tags tags = publisher - topics by the publishers' tags, by tags of a story's copies, by rules, or all ways
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- param: top integer = 5 - number of topics when none is named, parent topics left out
-- chart: line
-- x: period
-- y: share
-- series: topic
-- heading: observed = any day observed
-- heading: tag_coverage = share with tags
with periods as materialized (
    from topic_periods($since::date, $until::date, $by::text, $source::text)
),

totals as (
    select date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles
    from tagging_articles_first_seen($since::date, $until::date, $source::text)
    where $clock::text = 'first_seen'
    group by period
    union all
    select period, articles
    from periods
    where $clock::text = 'posted' and articles > 0
),

leading_topics as (
    select tag_id, sum(leaf_articles) as leaf_articles
    from topic_counts_by_clock($since::date, $until::date, 'month', $clock::text, $source::text, $tags::text)
    where $topic::text is null
    group by tag_id
    having sum(leaf_articles) > 0
),

chosen as materialized (
    select tag_id, label from dim_tag where folded = $topic::text
    union all
    (
        select dim_tag.tag_id, dim_tag.label
        from leading_topics
        join dim_tag on dim_tag.tag_id = leading_topics.tag_id
        order by leading_topics.leaf_articles desc, dim_tag.folded
        limit $top::integer
    )
),

-- Over all sources, joining the few topics first reads a long range of days faster than topic_counts does. Articles of
-- days on which the tags of their source had collapsed are taken off: all articles of those days are left out, too.
tagged as (
    select topic_day.tag_id, topic_day.posted_date as date, topic_day.articles
    from agg_topic_day as topic_day
    join chosen on chosen.tag_id = topic_day.tag_id
    where
        $clock::text = 'posted'
        and $source::text is null
        and $tags::text = 'publisher'
        and topic_day.posted_date between $since::date and $until::date
    union all
    select collapsed.tag_id, collapsed.date, -collapsed.articles
    from collapsed_topic_counts($since::date, $until::date, null) as collapsed
    join chosen on chosen.tag_id = collapsed.tag_id
    where $clock::text = 'posted' and $source::text is null and $tags::text = 'publisher'
    union all
    select counted.tag_id, counted.date, counted.articles
    from tagging_topic_counts($since::date, $until::date, $clock::text, $source::text, $tags::text) as counted
    join chosen on chosen.tag_id = counted.tag_id
    where $clock::text = 'first_seen' or $source::text is not null or $tags::text <> 'publisher'
),

counts as (
    select
        tag_id, date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles
    from tagged
    group by all
),

filled as (
    select
        periods.period, chosen.label as topic, periods.observed_days, periods.days, periods.tag_coverage,
        coalesce(counts.articles, if(periods.observed_days > 0 or totals.articles > 0, 0, null)) as articles,
        coalesce(totals.articles, if(periods.observed_days > 0, 0, null)) as all_articles
    from periods
    cross join chosen
    left join totals on totals.period = periods.period
    left join counts on counts.period = periods.period and counts.tag_id = chosen.tag_id
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
    days,
    tag_coverage
from filled
order by topic, period
