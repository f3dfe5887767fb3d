-- title: Towns before and after a change of owner
-- question: Which towns does a source write about less, or no longer, since its owner changed?
-- grain: one source x change x town; shares are 0..1 of its articles that name a town, difference with 95 % interval
-- range: all
-- known: counted
-- needs: a source with articles that name a town before and after a change of owner, a [[history]] entry of its file
-- param: source text = none - only this source
-- param: days integer = 90 - days compared on each side of the change
-- param: support integer = 5 - minimum articles of a town that is tested, on both sides together
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 20 - number of towns per change, clearest difference first
-- chart: table
-- x: town
-- y: difference
-- series: source
-- postprocess: mix_change
-- heading: since_date = changed on
-- heading: before_articles = articles before
-- heading: after_articles = articles after
-- heading: before_all = articles with a town before
-- heading: after_all = articles with a town after
-- heading: share_before = share before
-- heading: share_after = share after
with changes as (
    select source_id, source, since_date, owner_change as change
    from source_changes($source::text)
    where owner_change is not null
),

-- Four stretches of `days` each, two before the change (-2, -1) and two after it (0, 1). The outer ones show how much
-- towns differ between two stretches without a change.
posted as materialized (
    select
        changes.source_id, changes.since_date, article.article_id,
        floor(date_diff('day', changes.since_date, article.posted_date) / $days::integer)::integer as stretch
    from changes
    join fact_article as article on article.source_id = changes.source_id
    where
        article.posted_date >= changes.since_date - 2 * $days::integer
        and article.posted_date < changes.since_date + 2 * $days::integer
),

mentions as materialized (
    select distinct article_id, place_id
    from fact_article_place
    where
        place_id is not null
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
        and article_id in (select article_id from posted)
),

totals as (
    select
        source_id, since_date,
        count(*) filter (where stretch = -1) as before_all,
        count(*) filter (where stretch = 0) as after_all,
        [count(*) filter (where stretch = -2), before_all, after_all, count(*) filter (where stretch = 1)]::integer[]
            as all_articles
    from posted
    where article_id in (select article_id from mentions)
    group by source_id, since_date
    having before_all > 0 and after_all > 0
),

counts as (
    select
        posted.source_id, posted.since_date, mentions.place_id,
        count(*) filter (where posted.stretch = -1) as before,
        count(*) filter (where posted.stretch = 0) as after,
        [
            count(*) filter (where posted.stretch = -2), before, after, count(*) filter (where posted.stretch = 1)
        ]::integer[] as articles
    from posted
    join mentions on mentions.article_id = posted.article_id
    group by posted.source_id, posted.since_date, mentions.place_id
    having before + after >= $support::integer
)

select
    changes.source, changes.since_date, changes.change, town.name as town, town.state, counts.articles,
    totals.all_articles,
    [
        wilson_low(counts.before, totals.before_all), wilson_high(counts.before, totals.before_all),
        wilson_low(counts.after, totals.after_all), wilson_high(counts.after, totals.after_all)
    ]::double[] as bounds
from counts
join totals on totals.source_id = counts.source_id and totals.since_date = counts.since_date
join changes on changes.source_id = counts.source_id and changes.since_date = counts.since_date
join dim_place as town on town.place_id = counts.place_id
order by changes.source, changes.since_date, town, town.state
