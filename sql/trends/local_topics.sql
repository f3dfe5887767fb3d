-- title: Local topics
-- question: Which topics do the stations cover with their own reporting, more or less often than their other topics?
-- grain: one topic; local_share is 0..1 of its articles, expected_share that of all topics at its sources and times
-- range: 365 days
-- known: counted
-- tags: counted
-- needs: articles of the source's own staff, with tags; a difference needs eight weeks of them
-- param: since date = none - first local day (none: 365 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: support integer = 5 - minimum articles of a topic
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: bar
-- x: topic
-- y: local_articles
-- series: none
-- postprocess: local_share
-- heading: local_articles = local articles
-- heading: local_share = share local
-- heading: expected_share = share expected
-- heading: blocks = blocks of four weeks
with counts as materialized (
    select
        tag_id, source_id, ($until::date - posted_date) // 28 as block,
        sum(leaf_articles)::integer as articles, sum(local_articles)::integer as local_articles
    from agg_tag_day
    where
        posted_date between $since::date and $until::date
        and ($source::text is null or source_id = (select source_id from dim_source where name = $source::text))
        and leaf_articles > 0
    group by all
),

topics as (
    select
        counted.tag_id, dim_tag.label, row_number() over (order by counted.tag_id) - 1 as topic
    from (select tag_id from counts group by tag_id having sum(articles) >= $support::integer) as counted
    join dim_tag on dim_tag.tag_id = counted.tag_id
),

-- Topics with too few articles count for the share of their source only.
tested as (
    select
        coalesce(topics.topic, -1) as topic, counts.source_id, counts.block,
        sum(counts.articles)::integer as articles, sum(counts.local_articles)::integer as local_articles
    from counts
    left join topics on topics.tag_id = counts.tag_id
    group by all
)

select
    (select list(label order by topic) from topics) as labels,
    list(topic::integer) as topic_at,
    list(source_id) as source_at,
    list(block::integer) as block_at,
    list(articles) as articles,
    list(local_articles) as local_articles,
    (
        select count(*) from observed_days($source::text) where date between $since::date and $until::date
    ) as observed_days
from tested
