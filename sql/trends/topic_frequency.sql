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
    select source_id from dim_source where $source::text is null or name = $source::text
),

looked as (
    select date, bool_or(observed) as observed
    from fact_source_day
    where source_id in (select source_id from sources)
    group by date
),

-- A backfill brings articles of days nobody looked: they are shown as known, never as a count.
known as (
    select min(posted_date) as first_date, max(posted_date) as last_date
    from agg_article_day
    where source_id in (select source_id from sources)
),

spans as (
    select
        coalesce(min(looked.date), any_value(known.first_date)) as first_date,
        coalesce($until::date, max(looked.date), any_value(known.last_date)) as until_date
    from known
    left join looked on true
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

periods as (
    select
        date_trunc($by::text, dim_date.date)::date as period,
        count(*) as days,
        count(*) filter (where looked.observed) as observed_days
    from dim_date
    join bounds on dim_date.date between bounds.since_date and bounds.until_date
    left join looked on looked.date = dim_date.date
    group by period
),

-- All sources and one source are two scans, of which one is planned: so no row is asked whose it is when all are meant.
posted as not materialized (
    select tag_id, posted_date as date, articles, leaf_articles, stories
    from agg_tag_day
    where
        $clock::text = 'posted'
        and $source::text is null
        and posted_date between (select since_date from bounds) and (select until_date from bounds)
    union all
    select tag_id, posted_date as date, articles, leaf_articles, source_stories as stories
    from agg_tag_day
    where
        $clock::text = 'posted'
        and $source::text is not null
        and source_id in (select source_id from sources)
        and posted_date between (select since_date from bounds) and (select until_date from bounds)
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
    where $clock::text = 'first_seen' and article_tags.source_id in (select source_id from sources)
),

tagged as not materialized (
    select tag_id, date, articles, leaf_articles, stories from posted
    union all
    select tag_id, date, articles, leaf_articles, stories
    from seen
    where date between (select since_date from bounds) and (select until_date from bounds)
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
        tag_id, date_trunc($by::text, date)::date as period, sum(articles)::bigint as articles,
        sum(stories)::bigint as stories
    from tagged
    where tag_id in (select tag_id from chosen)
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
