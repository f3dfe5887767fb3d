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
    select source_id from dim_source where name = $source::text
),

-- Days of which anything is known, all sources together or the one asked for.
known as (
    select date, observed_sources > 0 as observed, observed_articles as articles
    from agg_day
    where $source::text is null and sources > 0
    union all
    select fact_source_day.date, fact_source_day.observed, coalesce(posted.articles, 0)
    from fact_source_day
    left join (
        select posted_date, sum(articles) as articles
        from agg_article_day
        where $source::text is not null and source_id in (select source_id from sources)
        group by posted_date
    ) as posted on posted.posted_date = fact_source_day.date
    where $source::text is not null and fact_source_day.source_id in (select source_id from sources)
),

spans as (
    select min(date) as first_date, coalesce($until::date, max(date)) as until_date from known
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
    select known.date, known.articles
    from known
    join bounds on known.date between bounds.since_date and bounds.until_date
    where known.observed
),

periods as (
    select
        date_trunc($by::text, dim_date.date)::date as period,
        count(*) as days,
        count(looked.date) as observed_days
    from dim_date
    join bounds on dim_date.date between bounds.since_date and bounds.until_date
    left join looked on looked.date = dim_date.date
    group by period
),

-- The other clock is read from the facts, on days on which the article's own source was looked at.
first_seen as (
    select
        fact_article.article_id, fact_article.source_id, fact_article.first_seen_date as date,
        fact_source_day.date is not null as observed
    from fact_article
    join bounds on fact_article.first_seen_date between bounds.since_date and bounds.until_date
    left join fact_source_day
        on
            fact_source_day.source_id = fact_article.source_id
            and fact_source_day.date = fact_article.first_seen_date
            and fact_source_day.observed
    where
        $clock::text = 'first_seen'
        and ($source::text is null or fact_article.source_id in (select source_id from sources))
),

totals as (
    select date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles
    from (
        select date, articles from looked where $clock::text = 'posted'
        union all
        select date, 1 from first_seen where observed
    )
    group by period
),

-- The whole months come from their rollup where only sums are asked for, the days before and after them one by one.
whole as (
    select
        since_date, until_date,
        date_trunc('month', since_date + interval 1 month - interval 1 day)::date as first_month,
        date_trunc('month', until_date + interval 1 day)::date as next_month
    from bounds
),

-- Each is a scan of its own, of which those are planned that are meant: so no row is asked whose it is in vain.
labelled as not materialized (
    select
        agg_tag_day.tag_id, agg_tag_day.posted_date as date, agg_tag_day.leaf_articles,
        case when looked.date is not null then agg_tag_day.articles else 0 end as observed_articles
    from agg_tag_day
    join bounds on agg_tag_day.posted_date between bounds.since_date and bounds.until_date
    left join looked on looked.date = agg_tag_day.posted_date
    where
        $clock::text = 'posted'
        and $source::text is not null
        and agg_tag_day.source_id in (select source_id from sources)
    union all
    select article_tags.tag_id, first_seen.date, (not article_tags.is_parent)::integer, first_seen.observed::integer
    from article_tags
    join first_seen on first_seen.article_id = article_tags.article_id
),

foremost as (
    select tag_id, sum(leaf_articles) as leaf_articles
    from (
        select tag_id, leaf_articles
        from agg_topic_month
        join whole on month_date >= first_month and month_date < next_month
        where $clock::text = 'posted' and $source::text is null
        union all
        select tag_id, leaf_articles
        from agg_topic_day
        join whole on posted_date >= since_date and posted_date <= least(until_date, first_month - 1)
        where $clock::text = 'posted' and $source::text is null
        union all
        select tag_id, leaf_articles
        from agg_topic_day
        join whole on posted_date >= greatest(first_month, next_month) and posted_date <= until_date
        where $clock::text = 'posted' and $source::text is null
        union all
        select tag_id, leaf_articles from labelled
    )
    where $topic::text is null
    group by tag_id
    having sum(leaf_articles) > 0
),

chosen as materialized (
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

asked as (
    select chosen.tag_id, bounds.since_date, bounds.until_date from chosen cross join bounds
),

told as (
    select topic_day.tag_id, topic_day.posted_date as date, topic_day.observed_articles as articles
    from agg_topic_day as topic_day
    join asked
        on
            asked.tag_id = topic_day.tag_id
            and topic_day.posted_date >= asked.since_date
            and topic_day.posted_date <= asked.until_date
    where $clock::text = 'posted' and $source::text is null
    union all
    select labelled.tag_id, labelled.date, labelled.observed_articles
    from labelled
    join chosen on chosen.tag_id = labelled.tag_id
),

tagged as (
    select tag_id, date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles
    from told
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
