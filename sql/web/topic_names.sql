-- Returns the most frequent topics, for the list that the topic field suggests.
-- grain: one topic, at most 300, by name
-- reads: agg_topic_month, dim_tag
with leading_topics as (
    select tag_id, sum(articles) as articles
    from agg_topic_month
    group by tag_id
    order by articles desc, tag_id
    limit 300
)

select dim_tag.label as topic
from leading_topics
join dim_tag on dim_tag.tag_id = leading_topics.tag_id
order by topic
