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
    select source_id from dim_source where $source::text is null or name = $source::text
),

looked as (
    select date
    from fact_source_day
    where observed and source_id in (select source_id from sources)
    group by date
),

bounds as (
    select max(date) - $days::integer as after_date from looked
),

firsts as (
    select
        tag_id,
        min(posted_date) as first_date,
        max(posted_date) as last_date,
        sum(leaf_articles)::bigint as articles,
        sum(case when $source::text is null then stories else source_stories end)::bigint as stories
    from agg_tag_day
    where leaf_articles > 0 and source_id in (select source_id from sources)
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
