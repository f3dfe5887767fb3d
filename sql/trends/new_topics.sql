-- title: New topics
-- question: Which topics came up for the first time?
-- grain: one topic by the posted day of its first known article, if we had looked for `before` days without meeting it
-- param: days integer = 28 - how far back from the last day looked at
-- param: before integer = 7 - fewest observed days before the first mention
-- param: source text = none - one source only
-- param: support integer = 1 - fewest articles since
-- param: top integer = 50 - how many topics, parents left out
-- chart: table
-- x: topic
-- y: articles
-- series: none
with sources as (
    select source_id from dim_source where name = $source::text
),

looked as (
    select date from agg_day where $source::text is null and observed_sources > 0
    union all
    select date
    from fact_source_day
    where $source::text is not null and observed and source_id in (select source_id from sources)
),

bounds as (
    select
        max(date) - $days::integer as after_date,
        date_trunc('month', max(date) - $days::integer + 1)::date as since_month
    from looked
),

-- Over all sources, a topic of an earlier month is not new: of the others the days since then say all.
young as (
    select tag_id
    from agg_topic_month
    where $source::text is null and leaf_articles > 0
    group by tag_id
    having min(month_date) >= (select since_month from bounds)
),

-- Each is a scan of its own, of which one is planned: so no row is asked whose it is when all are meant.
posted as (
    select topic_day.tag_id, topic_day.posted_date, topic_day.leaf_articles, topic_day.stories
    from agg_topic_day as topic_day
    join young on young.tag_id = topic_day.tag_id
    join bounds on topic_day.posted_date >= bounds.since_month
    where $source::text is null and topic_day.leaf_articles > 0
    union all
    select tag_id, posted_date, leaf_articles, source_stories
    from agg_tag_day
    where $source::text is not null and source_id in (select source_id from sources) and leaf_articles > 0
),

firsts as (
    select
        tag_id, min(posted_date) as first_date, max(posted_date) as last_date,
        sum(leaf_articles)::bigint as articles, sum(stories)::bigint as stories
    from posted
    group by tag_id
    having min(posted_date) > (select after_date from bounds)
),

novel as (
    select
        firsts.*,
        (select count(*) from looked where looked.date < firsts.first_date) as observed_days_before
    from firsts
    where firsts.first_date in (select date from looked)
)

select
    dim_tag.label as topic,
    novel.first_date,
    novel.last_date,
    novel.articles,
    novel.stories,
    novel.observed_days_before
from novel
join dim_tag on dim_tag.tag_id = novel.tag_id
where novel.observed_days_before >= $before::integer and novel.articles >= $support::integer
order by novel.articles desc, topic
limit $top::integer
