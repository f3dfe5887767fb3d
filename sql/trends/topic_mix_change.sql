-- title: Topic mix before and after
-- question: How did a source's topics change when its owner or site system changed?
-- grain: one source x change x topic; shares are 0..1 of the articles known, difference with 95 % interval
-- range: all
-- known: counted
-- tags: counted
-- needs: a source with articles before and after a change of owner or system, a [[history]] entry of its file
-- param: source text = none - only this source
-- param: days integer = 90 - days compared on each side of the change
-- param: support integer = 5 - minimum articles of a topic that is tested, on both sides together
-- param: show show = likely - rows that are likely real, or all
-- param: top integer = 20 - number of topics per change, clearest difference first, parent topics left out
-- chart: table
-- x: topic
-- y: difference
-- series: source
-- postprocess: mix_change
-- heading: since_date = changed on
-- heading: before_articles = articles before
-- heading: after_articles = articles after
-- heading: before_all = all articles before
-- heading: after_all = all articles after
-- heading: share_before = share before
-- heading: share_after = share after
with changes as (
    select source_id, source, since_date, concat_ws(', ', owner_change, system_change) as change
    from source_changes($source::text)
),

-- Four stretches of `days` each, two before the change (-2, -1) and two after it (0, 1). The outer ones show how much
-- topics differ between two stretches without a change.
posted as (
    select
        changes.source_id, changes.since_date,
        floor(date_diff('day', changes.since_date, posted.posted_date) / $days::integer)::integer as stretch,
        sum(posted.articles) as articles
    from changes
    join agg_article_day as posted on posted.source_id = changes.source_id
    anti join agg_untagged_day as untagged
        on untagged.source_id = posted.source_id and untagged.date = posted.posted_date
    where
        posted.posted_date >= changes.since_date - 2 * $days::integer
        and posted.posted_date < changes.since_date + 2 * $days::integer
    group by all
),

totals as (
    select
        source_id, since_date,
        coalesce(sum(articles) filter (where stretch = -2), 0) as earlier_all,
        coalesce(sum(articles) filter (where stretch = -1), 0) as before_all,
        coalesce(sum(articles) filter (where stretch = 0), 0) as after_all,
        coalesce(sum(articles) filter (where stretch = 1), 0) as later_all
    from posted
    group by source_id, since_date
    having before_all > 0 and after_all > 0
),

tagged as (
    select
        changes.source_id, changes.since_date, tagged.tag_id,
        floor(date_diff('day', changes.since_date, tagged.posted_date) / $days::integer)::integer as stretch,
        sum(tagged.leaf_articles) as articles
    from changes
    join agg_tag_day as tagged on tagged.source_id = changes.source_id
    anti join agg_untagged_day as untagged
        on untagged.source_id = tagged.source_id and untagged.date = tagged.posted_date
    where
        tagged.posted_date >= changes.since_date - 2 * $days::integer
        and tagged.posted_date < changes.since_date + 2 * $days::integer
    group by all
),

counts as (
    select
        source_id, since_date, tag_id,
        coalesce(sum(articles) filter (where stretch = -2), 0) as earlier,
        coalesce(sum(articles) filter (where stretch = -1), 0) as before,
        coalesce(sum(articles) filter (where stretch = 0), 0) as after,
        coalesce(sum(articles) filter (where stretch = 1), 0) as later
    from tagged
    group by source_id, since_date, tag_id
    having before + after >= $support::integer
)

select
    changes.source, changes.since_date, changes.change, dim_tag.label as topic,
    [counts.earlier, counts.before, counts.after, counts.later]::integer[] as articles,
    [totals.earlier_all, totals.before_all, totals.after_all, totals.later_all]::integer[] as all_articles,
    [
        wilson_low(counts.before, totals.before_all), wilson_high(counts.before, totals.before_all),
        wilson_low(counts.after, totals.after_all), wilson_high(counts.after, totals.after_all)
    ]::double[] as bounds
from counts
join totals on totals.source_id = counts.source_id and totals.since_date = counts.since_date
join changes on changes.source_id = counts.source_id and changes.since_date = counts.since_date
join dim_tag on dim_tag.tag_id = counts.tag_id
order by changes.source, changes.since_date, topic
