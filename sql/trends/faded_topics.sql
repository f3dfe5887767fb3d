-- title: Faded topics
-- question: Which topics faded, and what was their half-life after the peak?
-- grain: one topic; the last four weeks against all before, per source day; ratio and half-life with 95 % intervals
-- range: days
-- known: compared
-- tags: counted
-- needs: four weeks or more after a topic's peak, and `support` articles of it in the range
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: days integer = 365 - length of the range in days
-- param: source text = none - only this source
-- param: support integer = 10 - minimum articles of a topic that is tested, in the whole range
-- param: faded number = 0.25 - maximum rate of the last four weeks, as a part of the peak week's rate
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: table
-- x: topic
-- y: half_life_days
-- series: none
-- postprocess: fading
-- heading: ratio = now, as a part of before
-- heading: peak_per_week = articles per week at the peak
-- heading: now_per_week = articles per week now
-- heading: half_life_days = half-life (days)
-- heading: half_life_low = half-life, 95 % from
-- heading: half_life_high = half-life, 95 % to
-- heading: weeks = weeks since the peak
with days as materialized (
    select ($until::date - date) // 7 as weeks_ago, date, sources
    from compared_days($since::date, $until::date, $source::text, $with_known::boolean)
),

-- A week with less than half the observed source days of the fullest week is too thin to be a peak.
weeks as materialized (
    select weeks_ago, source_days, row_number() over (order by weeks_ago desc) - 1 as position
    from (
        select weeks_ago, sum(sources)::integer as source_days
        from days
        group by weeks_ago
        qualify 2 * sum(sources) >= max(sum(sources)) over ()
    )
),

counts as (
    select
        posted.tag_id, weeks.position,
        sum(if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles))::integer as articles
    from tagging_topic_counts($since::date, $until::date, 'posted', $source::text, 'publisher') as posted
    join days on days.date = posted.date
    join weeks on weeks.weeks_ago = days.weeks_ago
    where if($with_known::boolean, posted.leaf_articles, posted.observed_leaf_articles) > 0
    group by all
),

topics as (
    select counts.tag_id, dim_tag.label, row_number() over (order by counts.tag_id) - 1 as topic
    from counts
    join dim_tag on dim_tag.tag_id = counts.tag_id
    group by counts.tag_id, dim_tag.label
    having sum(counts.articles) >= $support::integer
)

select
    (select list(weeks_ago::integer order by position) from weeks) as weeks,
    (select list(source_days order by position) from weeks) as source_days,
    (select list(label order by topic) from topics) as labels,
    list(topics.topic) as topic_at,
    list(counts.position) as week_at,
    list(counts.articles) as articles
from counts
join topics on topics.tag_id = counts.tag_id
