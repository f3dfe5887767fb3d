-- title: Topic share
-- question: What share of all articles does each topic have, on observed days?
-- grain: one topic x period; share is 0..1 of articles of observed days, with 95 % interval, null where no day was observed
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months up to `until`)
-- param: until date = none - last local day (none: last day in the ledger)
-- param: by by = week - length of a period
-- param: topic topic = none - only this topic (none: the most frequent ones)
-- param: source text = none - only this source
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- param: top integer = 5 - number of topics when none is named, parent topics left out
-- chart: line
-- x: period
-- y: share
-- series: topic
with range as (
    from history_range($since::date, $until::date, $by::text, $source::text, false)
),

totals as (
    select date_trunc($by::text, date)::date as period, sum(observed_articles)::bigint as articles
    from article_counts(
        (select since_date from range), (select until_date from range), $clock::text, $source::text
    )
    group by period
),

chosen as materialized (
    select tag_id, label from dim_tag where folded = $topic::text
    union all
    (
        select tagged.tag_id, any_value(dim_tag.label)
        from topic_counts(
            (select since_date from range), (select until_date from range), 'month', $clock::text, $source::text
        ) as tagged
        join dim_tag on dim_tag.tag_id = tagged.tag_id
        where $topic::text is null
        group by tagged.tag_id
        having sum(tagged.leaf_articles) > 0
        order by sum(tagged.leaf_articles) desc, any_value(dim_tag.folded)
        limit $top::integer
    )
),

counts as (
    select
        tagged.tag_id, date_trunc($by::text, tagged.date)::date as period,
        sum(tagged.observed_articles)::bigint as articles
    from topic_counts(
        (select since_date from range), (select until_date from range), 'day', $clock::text, $source::text
    ) as tagged
    join chosen on chosen.tag_id = tagged.tag_id
    group by all
),

filled as (
    select
        periods.period, chosen.label as topic, periods.observed_days, periods.days,
        case when periods.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
        case when periods.observed_days > 0 then coalesce(totals.articles, 0) end as all_articles
    from periods((select since_date from range), (select until_date from range), $by::text, $source::text) as periods
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
    days
from filled
order by topic, period
