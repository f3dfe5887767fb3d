-- title: Topic frequency
-- question: How often does each topic come up, by day, week or month?
-- grain: one topic x period; articles is 0 where we looked and found none, null where nobody looked
-- param: since date = none - first local day (none: 90 days, 104 weeks or all months back from `until`)
-- param: until date = none - last local day (none: last day looked at, else last posted)
-- param: by by = day - length of a period
-- param: topic topic = none - one topic only (none: the top ones)
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: top integer = 5 - how many topics when none is named, parents left out
-- chart: line
-- x: period
-- y: articles
-- series: topic
with sources as (
    select source_id from dim_source where name = $source::text
),

-- A backfill brings articles of days nobody looked: they are shown as known, never as a count.
looked as (
    select date, sources > 0 as has_row, observed_sources > 0 as observed
    from agg_day
    where $source::text is null
    union all
    select date, true, observed
    from fact_source_day
    where $source::text is not null and source_id in (select source_id from sources)
    union all
    select posted_date, false, false
    from agg_article_day
    where $source::text is not null and source_id in (select source_id from sources)
),

spans as (
    select
        coalesce(min(date) filter (where has_row), min(date)) as first_date,
        coalesce($until::date, max(date) filter (where has_row), max(date)) as until_date
    from looked
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

-- By month the whole months come from their rollup, and only the days before and after them one by one.
whole as (
    select
        since_date, until_date,
        case
            when $by::text = 'month' then date_trunc('month', since_date + interval 1 month - interval 1 day)::date
            else until_date + 1
        end as first_month,
        date_trunc('month', until_date + interval 1 day)::date as next_month
    from bounds
),

periods as (
    select
        date_trunc($by::text, dim_date.date)::date as period,
        count(*) as days,
        count(observed.date) as observed_days
    from dim_date
    join bounds on dim_date.date between bounds.since_date and bounds.until_date
    left join (select date from looked where observed) as observed on observed.date = dim_date.date
    group by period
),

-- The other clock is read from the facts; a story counts at the first sight of an article that bears the tag.
seen as (
    select
        article_tags.tag_id, article_tags.first_seen_date as date, 1 as articles,
        (not article_tags.is_parent)::integer as leaf_articles,
        (
            row_number() over (
                partition by article_tags.tag_id, coalesce(fact_story.story_id, -article_tags.article_id)
                order by article_tags.first_seen_date, article_tags.article_id
            ) = 1
        )::integer as stories
    from article_tags
    left join fact_story on fact_story.article_id = article_tags.article_id
    where
        $clock::text = 'first_seen'
        and ($source::text is null or article_tags.source_id in (select source_id from sources))
),

-- Each is a scan of its own, of which those are planned that are meant: so no row is asked whose it is in vain.
tagged as not materialized (
    select tag_id, month_date as date, articles, leaf_articles, stories
    from agg_topic_month
    join whole on month_date >= first_month and month_date < next_month
    where $clock::text = 'posted' and $source::text is null and $by::text = 'month'
    union all
    select tag_id, posted_date, articles, leaf_articles, stories
    from agg_topic_day
    join whole on posted_date >= since_date and posted_date <= least(until_date, first_month - 1)
    where $clock::text = 'posted' and $source::text is null
    union all
    select tag_id, posted_date, articles, leaf_articles, stories
    from agg_topic_day
    join whole on posted_date >= greatest(first_month, next_month) and posted_date <= until_date
    where $clock::text = 'posted' and $source::text is null and $by::text = 'month'
    union all
    select tag_id, posted_date, articles, leaf_articles, source_stories
    from agg_tag_day
    join whole on posted_date between since_date and until_date
    where
        $clock::text = 'posted'
        and $source::text is not null
        and source_id in (select source_id from sources)
    union all
    select tag_id, date, articles, leaf_articles, stories
    from seen
    join whole on date between since_date and until_date
),

chosen as (
    select tag_id, label from dim_tag where folded = $topic::text
    union all
    (
        select tagged.tag_id, any_value(dim_tag.label)
        from tagged
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
        tagged.tag_id, date_trunc($by::text, tagged.date)::date as period, sum(tagged.articles)::bigint as articles,
        sum(tagged.stories)::bigint as stories
    from tagged
    join chosen on chosen.tag_id = tagged.tag_id
    group by all
)

select
    periods.period,
    chosen.label as topic,
    case when periods.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    case when periods.observed_days > 0 then coalesce(counts.stories, 0) end as stories,
    coalesce(counts.articles, 0) as known_articles,
    periods.observed_days > 0 as observed,
    periods.observed_days,
    periods.days
from periods
cross join chosen
left join counts on counts.period = periods.period and counts.tag_id = chosen.tag_id
order by topic, periods.period
