-- title: Front page topics
-- question: Which topics hold the front page, for how long and how high?
-- grain: one topic; spells on the source's home page, hours from first to last look that showed it; parents left out
-- param: since date = none - first UTC day (none: 28 days up to `until`)
-- param: until date = none - last UTC day (none: the last one looked at)
-- param: source text = none - one source only
-- param: support integer = 3 - fewest articles
-- param: top integer = 20 - how many topics
-- chart: bar
-- x: topic
-- y: hours
-- series: none
with last_look as (
    select coalesce($until::date, max(until_at)::date) as until_date from fact_appearance where channel = 'section'
),

bounds as (
    select
        timezone('UTC', coalesce($since::date, until_date - 27)::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from last_look
),

shown as (
    select
        fact_appearance.article_id,
        sum(
            epoch(least(fact_appearance.until_at, bounds.until_at) - greatest(fact_appearance.from_at, bounds.since_at))
        ) / 3600 as hours,
        min(fact_appearance.best_rank) as best_rank
    from fact_appearance
    join dim_source on dim_source.source_id = fact_appearance.source_id and dim_source.home = fact_appearance.slot
    join bounds on fact_appearance.from_at < bounds.until_at and fact_appearance.until_at >= bounds.since_at
    where
        fact_appearance.channel = 'section'
        and fact_appearance.article_id is not null
        and ($source::text is null or dim_source.name = $source::text)
    group by fact_appearance.article_id
),

tagged as (
    select distinct
        shown.article_id, shown.hours, shown.best_rank,
        coalesce(alias_span.means_tag_id, fact_article_tag.tag_id) as tag_id
    from shown
    join fact_article_tag on fact_article_tag.article_id = shown.article_id and not fact_article_tag.is_parent
    join fact_article on fact_article.article_id = shown.article_id
    left join alias_span
        on
            alias_span.tag_id = fact_article_tag.tag_id
            and coalesce(fact_article.posted_date, fact_article.first_seen_date) >= alias_span.since_date
            and coalesce(fact_article.posted_date, fact_article.first_seen_date) < alias_span.before_date
)

select
    dim_tag.label as topic,
    round(sum(tagged.hours), 1) as hours,
    count(*) as articles,
    round(median(tagged.hours), 2) as p50_hours_an_article,
    min(tagged.best_rank) as best_rank,
    round(avg(tagged.best_rank), 1) as mean_best_rank,
    round(1.96 * stddev_samp(tagged.best_rank) / sqrt(count(*)), 1) as rank_half_width,
    round(avg((tagged.best_rank = 1)::integer), 4) as led_share
from tagged
join dim_tag on dim_tag.tag_id = tagged.tag_id
group by dim_tag.label
having count(*) >= $support::integer
order by hours desc, topic
limit $top::integer
