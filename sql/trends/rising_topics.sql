-- title: Rising topics
-- question: Which topics appear more often now than in the 28 days before, and since when?
-- grain: one topic; the days up to `until` against the 28 before, per source day; ratio with 95 % interval
-- range: days + 28
-- known: compared
-- tags: counted
-- needs: 7 days with observations or articles before the last `days`, and a topic with `support` articles
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: days integer = 7 - number of days that count as now
-- param: source text = none - only this source
-- param: tags tags = publisher - topics by the publishers' tags, by tags of a story's copies, by rules, or all ways
-- param: clock clock = posted - count by local day of posting, or by day first seen
-- param: count count = articles - count articles, or stories: a wire story once, at its first article
-- param: support integer = 5 - minimum articles of a topic that is tested, now and before together
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: bar
-- x: topic
-- y: ratio
-- series: none
-- postprocess: rising
-- heading: ratio = times as many
-- heading: articles = articles now
-- heading: baseline_articles = articles before
-- heading: per_day = articles a day per source
-- heading: baseline_per_day = articles a day before
-- heading: days = days now
-- heading: baseline_days = days before
-- heading: change_date = changed on
-- heading: before_change = articles a day before the change
-- heading: after_change = articles a day after the change
with days as materialized (
    select date, sources, row_number() over (order by date) - 1 as position
    from compared_days($since::date, $until::date, $source::text, $with_known::boolean)
),

counts as (
    select
        posted.tag_id, days.position,
        case
            when $count::text = 'stories' and $with_known::boolean then posted.stories
            when $count::text = 'stories' then posted.observed_stories
            when $with_known::boolean then posted.leaf_articles
            else posted.observed_leaf_articles
        end::integer as articles
    from tagging_topic_counts($since::date, $until::date, $clock::text, $source::text, $tags::text) as posted
    join days on days.date = posted.date
    where if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) > 0
),

topics as (
    select counts.tag_id, dim_tag.label, row_number() over (order by counts.tag_id) - 1 as topic
    from counts
    join dim_tag on dim_tag.tag_id = counts.tag_id
    group by counts.tag_id, dim_tag.label
    having sum(counts.articles) >= $support::integer
)

-- One row of lists: thousands of topics with a list each would take longer to read than to test.
select
    (select list(date_diff('day', date '1970-01-01', date) order by position) from days) as dates,
    (select list(sources::integer order by position) from days) as sources,
    (select list(label order by topic) from topics) as labels,
    list(topics.topic) as topic_at,
    list(counts.position) as day_at,
    list(counts.articles) as articles
from counts
join topics on topics.tag_id = counts.tag_id
