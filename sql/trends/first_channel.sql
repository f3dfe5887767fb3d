-- title: First channel
-- question: On which channel does a story appear first?
-- grain: one source x channel; articles that appeared there first, ties count for each; share is 0..1, 95 % interval
-- needs: feeds, sitemaps or section pages, read on schedule: a capture of an article does not show where it was listed
-- param: since date = none - first UTC day of appearance (none: 90 days up to `until`)
-- param: until date = none - last UTC day of appearance (none: the last one)
-- param: source text = none - only this source
-- chart: bar
-- x: channel
-- y: articles
-- series: source
-- heading: articles = articles first there
-- heading: shown = articles there at all
-- heading: all_articles = articles on any channel
with shown as (
    select
        appearance.source_id, appearance.article_id, appearance.channel, min(appearance.from_at) as shown_at
    from fact_appearance as appearance
    join day_range($since::date, $until::date, 90, (select max(from_at)::date from fact_appearance)) as range
        on appearance.from_at >= range.since_at and appearance.from_at < range.until_at
    where appearance.article_id is not null
    group by all
),

ranked as (
    select source_id, article_id, channel, shown_at = min(shown_at) over (partition by article_id) as is_first
    from shown
),

totals as (
    select source_id, count(distinct article_id) as articles from ranked group by source_id
),

counted as (
    select
        source.name as source, ranked.channel, count(*) filter (where ranked.is_first) as articles,
        count(*) as shown, any_value(totals.articles) as all_articles
    from ranked
    join totals on totals.source_id = ranked.source_id
    join selected_sources($source::text) as source on source.source_id = ranked.source_id
    group by source.name, ranked.channel
)

select
    source,
    channel,
    articles,
    shown,
    all_articles,
    round(articles / all_articles, 4) as share,
    round(wilson_low(articles, all_articles), 4) as share_low,
    round(wilson_high(articles, all_articles), 4) as share_high
from counted
order by source, articles desc, channel
