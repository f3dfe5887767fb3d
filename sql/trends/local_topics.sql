-- title: Local topics
-- question: Which topics do the stations cover with their own reporting, without wire and shared copy?
-- grain: one topic; articles of origin own on observed days, share is 0..1 of the topic's articles, with 95 % interval
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last observed day)
-- param: source text = none - only this source
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: bar
-- x: topic
-- y: local_articles
-- series: none
with observed as (
    select day.source_id, day.date
    from fact_source_day as day
    join selected_sources($source::text) as source on source.source_id = day.source_id
    join observed_range($since::date, $until::date, 28, $source::text) as range
        on day.date between range.since_date and range.until_date
    where day.observed
),

counts as (
    select
        agg_tag_day.tag_id,
        sum(agg_tag_day.local_articles)::bigint as local_articles,
        sum(agg_tag_day.leaf_articles)::bigint as articles
    from agg_tag_day
    join observed on observed.source_id = agg_tag_day.source_id and observed.date = agg_tag_day.posted_date
    group by agg_tag_day.tag_id
)

select
    dim_tag.label as topic,
    counts.local_articles,
    counts.articles,
    round(counts.local_articles / counts.articles, 4) as local_share,
    round(wilson_low(counts.local_articles, counts.articles), 4) as share_low,
    round(wilson_high(counts.local_articles, counts.articles), 4) as share_high,
    (select count(distinct date) from observed) as observed_days
from counts
join dim_tag on dim_tag.tag_id = counts.tag_id
where counts.local_articles > 0
order by counts.local_articles desc, topic
limit $top::integer
