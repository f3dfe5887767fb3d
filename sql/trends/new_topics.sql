-- title: New topics
-- question: Which topics appeared for the first time?
-- grain: one topic whose first known article is of an observed day, after at least `before` observed days without it
-- range: days
-- known: compared
-- tags: counted
-- needs: `before` days with observations or articles, and a topic whose first article came after them
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: days integer = 28 - length of the range in days
-- param: before integer = 7 - minimum observed days before the first article
-- param: source text = none - only this source
-- param: support integer = 1 - minimum articles since
-- param: top integer = 50 - number of topics, parent topics left out
-- chart: table
-- x: topic
-- y: articles
-- series: none
-- heading: days_before = days known before
with days as materialized (
    select date from compared_days('0001-01-01'::date, $until::date, $source::text, $with_known::boolean)
),

-- Over all sources, a topic of an earlier month is not new, and the days since the first of the month decide the rest.
young as (
    select tag_id
    from agg_topic_month
    where $source::text is null and leaf_articles > 0
    group by tag_id
    having min(month_date) >= date_trunc('month', $since::date)::date
),

-- One UNION ALL branch per parameter combination; DuckDB prunes branches whose filter is constant-false.
posted as (
    select topic_day.tag_id, topic_day.posted_date, topic_day.leaf_articles, topic_day.stories
    from agg_topic_day as topic_day
    join young on young.tag_id = topic_day.tag_id
    where
        $source::text is null
        and topic_day.leaf_articles > 0
        and topic_day.posted_date between date_trunc('month', $since::date)::date and $until::date
    union all
    select tag_id, posted_date, leaf_articles, source_stories
    from agg_tag_day
    where
        $source::text is not null
        and source_id = (select source_id from dim_source where name = $source::text)
        and posted_date <= $until::date
        and leaf_articles > 0
),

firsts as (
    select
        tag_id, min(posted_date) as first_date, max(posted_date) as last_date,
        sum(leaf_articles)::bigint as articles, sum(stories)::bigint as stories
    from posted
    group by tag_id
    having first_date >= $since::date and articles >= $support::integer
)

select
    dim_tag.label as topic,
    firsts.first_date,
    firsts.last_date,
    firsts.articles,
    firsts.stories,
    (select count(*) from days where days.date < firsts.first_date) as days_before
from firsts
join dim_tag on dim_tag.tag_id = firsts.tag_id
where firsts.first_date in (select date from days) and days_before >= $before::integer
order by firsts.articles desc, topic
limit $top::integer
