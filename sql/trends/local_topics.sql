-- title: Local topics
-- question: Which topics do the stations cover with their own reporting, without wire and shared copy?
-- grain: one topic; articles of origin own on observed days, share is 0..1 of the topic's articles, with 95 % interval
-- range: 28 days
-- known: counted
-- tags: counted
-- needs: articles of the source's own staff, with tags
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: top integer = 20 - number of topics, parent topics left out
-- chart: bar
-- x: topic
-- y: local_articles
-- series: none
-- heading: local_articles = local articles
-- heading: local_share = share local
with counts as (
    select
        tag_id,
        sum(local_articles)::bigint as local_articles,
        sum(leaf_articles)::bigint as articles
    from agg_tag_day
    where
        posted_date between $since::date and $until::date
        and ($source::text is null or source_id = (select source_id from dim_source where name = $source::text))
    group by tag_id
)

select
    dim_tag.label as topic,
    counts.local_articles,
    counts.articles,
    round(counts.local_articles / counts.articles, 4) as local_share,
    round(wilson_low(counts.local_articles, counts.articles), 4) as share_low,
    round(wilson_high(counts.local_articles, counts.articles), 4) as share_high,
    (
        select count(*) from observed_days($source::text) where date between $since::date and $until::date
    ) as observed_days
from counts
join dim_tag on dim_tag.tag_id = counts.tag_id
where counts.local_articles > 0
order by counts.local_articles desc, topic
limit $top::integer
