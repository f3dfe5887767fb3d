-- title: Top topics
-- question: Which topics have the most articles, and how did their ranks change since the period before?
-- grain: one topic; previous_*: the days before, null where under half as many of them have observations or articles
-- range: 28 days
-- known: counted
-- tags: counted
-- needs: articles with tags and a day of posting
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: tags tags = publisher - topics by the publishers' tags, by tags of a story's copies, by rules, or all ways
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: table
-- x: topic
-- y: articles
-- series: none
-- heading: moved_up = ranks moved up
-- heading: previous_rank = rank before
-- heading: previous_articles = articles before
-- heading: previous_days = days before
with days as (
    select
        count(*) filter (where date >= $since::date) as covered_days,
        count(*) filter (where date < $since::date) as previous_days,
        2 * previous_days >= covered_days as comparable
    from covered_days($since::date - ($until::date - $since::date + 1)::integer, $until::date, $source::text)
),

current as (
    select
        tag_id, sum(leaf_articles)::bigint as articles, sum(stories)::bigint as stories,
        rank() over (order by sum(leaf_articles) desc) as rank
    from topic_counts_by_clock($since::date, $until::date, 'month', 'posted', $source::text, $tags::text)
    group by tag_id
    having sum(leaf_articles) > 0
),

previous as (
    select
        tag_id, sum(leaf_articles)::bigint as articles,
        rank() over (order by sum(leaf_articles) desc) as rank
    from
        topic_counts_by_clock(
            $since::date - ($until::date - $since::date + 1)::integer, $since::date - 1, 'month', 'posted',
            $source::text, $tags::text
        )
    group by tag_id
    having sum(leaf_articles) > 0
),

leading_topics as (
    select current.*, dim_tag.label as topic
    from current
    join dim_tag on dim_tag.tag_id = current.tag_id
    order by current.rank, topic
    limit $top::integer
)

select
    leading_topics.rank,
    leading_topics.topic,
    leading_topics.articles,
    leading_topics.stories,
    case when days.comparable then previous.rank end as previous_rank,
    case when days.comparable then previous.rank - leading_topics.rank end as moved_up,
    case when days.comparable then coalesce(previous.articles, 0) end as previous_articles,
    days.covered_days as days,
    days.previous_days
from leading_topics
cross join days
left join previous on previous.tag_id = leading_topics.tag_id
order by leading_topics.rank, leading_topics.topic
