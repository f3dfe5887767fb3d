-- title: Front page topics
-- question: Which topics are on the front page, for how long and at which rank?
-- grain: one topic; hours on the source's home page, from first to last fetch with the article; parent topics left out
-- tags: counted
-- needs: the home page, read on a schedule: a capture of an article does not show how long it stood there
-- param: since date = none - first UTC day (none: 28 days up to `until`)
-- param: until date = none - last UTC day (none: the last one fetched)
-- param: source text = none - only this source
-- param: support integer = 3 - minimum articles
-- param: top integer = 20 - number of topics
-- chart: bar
-- x: topic
-- y: hours
-- series: none
-- heading: hours = hours on front page
-- heading: p50_hours_an_article = hours on front page, median
-- heading: mean_best_rank = best rank, mean
-- heading: led_share = share that led the page
-- heading: rank_half_width = best rank, mean, 95 % ±
with range as (
    from day_range(
        $since::date, $until::date, 28, (select max(until_at)::date from fact_appearance where channel = 'section')
    )
),

shown as (
    select
        appearance.article_id,
        sum(
            epoch(least(appearance.until_at, range.until_at) - greatest(appearance.from_at, range.since_at))
        ) / 3600 as hours,
        min(appearance.best_rank) as best_rank
    from fact_appearance as appearance
    join selected_sources($source::text) as source
        on source.source_id = appearance.source_id and source.home = appearance.slot
    join range on appearance.from_at < range.until_at and appearance.until_at >= range.since_at
    where appearance.channel = 'section' and appearance.article_id is not null
    group by appearance.article_id
),

tagged as (
    select distinct
        shown.article_id, shown.hours, shown.best_rank, coalesce(alias_span.means_tag_id, link.tag_id) as tag_id
    from shown
    join fact_article_tag as link on link.article_id = shown.article_id and not link.is_parent
    join fact_article as article on article.article_id = shown.article_id
    left join alias_span
        on
            alias_span.tag_id = link.tag_id
            and coalesce(article.posted_date, article.first_seen_date) >= alias_span.since_date
            and coalesce(article.posted_date, article.first_seen_date) < alias_span.before_date
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
