-- title: Top topics
-- question: Which topics have the most articles, and how did their ranks change since the period before?
-- grain: one topic; articles of observed days; previous_*: the days before, null where under half as many were observed
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last observed day)
-- param: source text = none - only this source
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: table
-- x: topic
-- y: articles
-- series: none
with range as (
    select until_date, since_date, since_date - (until_date - since_date + 1)::integer as previous_date
    from observed_range($since::date, $until::date, 28, $source::text)
),

days as (
    select
        count(*) filter (where observed.date >= range.since_date) as observed_days,
        count(*) filter (where observed.date < range.since_date) as previous_days,
        2 * previous_days >= observed_days as comparable
    from observed_days($source::text) as observed
    join range on observed.date between range.previous_date and range.until_date
),

current as (
    select
        tag_id, sum(observed_leaf_articles)::bigint as articles, sum(observed_stories)::bigint as stories,
        rank() over (order by sum(observed_leaf_articles) desc) as rank
    from
        topic_counts((select range from range), 'month', $source::text)
    group by tag_id
    having sum(observed_leaf_articles) > 0
),

previous as (
    select
        tag_id, sum(observed_leaf_articles)::bigint as articles,
        rank() over (order by sum(observed_leaf_articles) desc) as rank
    from
        topic_counts(
            (select {'since_date': previous_date, 'until_date': since_date - 1} from range), 'month', $source::text
        )
    group by tag_id
    having sum(observed_leaf_articles) > 0
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
    days.observed_days,
    days.previous_days
from leading_topics
cross join days
left join previous on previous.tag_id = leading_topics.tag_id
order by leading_topics.rank, leading_topics.topic
