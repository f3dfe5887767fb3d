-- title: Local topics
-- question: What do the stations write about themselves, wire and shared copy left out?
-- grain: one topic; articles of origin own on observed days, share is 0..1 of the topic's, with 95 % interval
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- param: top integer = 20 - how many topics, parents left out
-- chart: bar
-- x: topic
-- y: local_articles
-- series: none
with sources as (
    select source_id from dim_source where $source::text is null or name = $source::text
),

last_look as (
    select coalesce($until::date, max(date)) as until_date
    from fact_source_day
    where observed and source_id in (select source_id from sources)
),

bounds as (
    select until_date, coalesce($since::date, until_date - 27) as since_date from last_look
),

looked as (
    select fact_source_day.source_id, fact_source_day.date
    from fact_source_day
    join bounds on fact_source_day.date between bounds.since_date and bounds.until_date
    where fact_source_day.observed and fact_source_day.source_id in (select source_id from sources)
),

counts as (
    select
        agg_tag_day.tag_id,
        sum(agg_tag_day.local_articles)::bigint as local_articles,
        sum(agg_tag_day.leaf_articles)::bigint as articles
    from agg_tag_day
    join looked on looked.source_id = agg_tag_day.source_id and looked.date = agg_tag_day.posted_date
    group by agg_tag_day.tag_id
)

select
    dim_tag.label as topic,
    counts.local_articles,
    counts.articles,
    round(counts.local_articles / counts.articles, 4) as local_share,
    round(wilson_low(counts.local_articles, counts.articles), 4) as share_low,
    round(wilson_high(counts.local_articles, counts.articles), 4) as share_high,
    (select count(distinct date) from looked) as observed_days
from counts
join dim_tag on dim_tag.tag_id = counts.tag_id
where counts.local_articles > 0
order by counts.local_articles desc, topic
limit $top::integer
