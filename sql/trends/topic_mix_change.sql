-- title: Topic mix before and after
-- question: How did a source's topics change when its owner or site system changed?
-- grain: one source x change x topic; shares are 0..1 of the articles known, difference with 95 % interval
-- range: all
-- known: counted
-- needs: a source with articles before and after a change of owner or system, a [[history]] entry of its file
-- param: source text = none - only this source
-- param: days integer = 90 - days compared on each side of the change
-- param: support integer = 5 - minimum articles on both sides together
-- param: top integer = 20 - number of topics per change, clearest difference first, parent topics left out
-- chart: table
-- x: topic
-- y: difference
-- series: source
-- heading: since_date = changed on
-- heading: before_articles = articles before
-- heading: after_articles = articles after
-- heading: before_all = all articles before
-- heading: after_all = all articles after
-- heading: share_before = share before
-- heading: share_after = share after
with eras as (
    select
        source_id, since_date, owner, system,
        lag(owner ignore nulls) over (partition by source_id order by since_date) as old_owner,
        lag(system ignore nulls) over (partition by source_id order by since_date) as old_system
    from source_era
),

changes as (
    select
        eras.source_id, source.name as source, eras.since_date,
        concat_ws(
            ', ',
            case when eras.owner <> eras.old_owner then eras.old_owner || ' > ' || eras.owner end,
            case when eras.system <> eras.old_system then eras.old_system || ' > ' || eras.system end
        ) as change
    from eras
    join selected_sources($source::text) as source on source.source_id = eras.source_id
    where eras.owner <> eras.old_owner or eras.system <> eras.old_system
),

totals as (
    select
        changes.source_id, changes.since_date,
        sum(posted.articles) filter (where posted.posted_date < changes.since_date) as before_all,
        sum(posted.articles) filter (where posted.posted_date >= changes.since_date) as after_all
    from changes
    join agg_article_day as posted
        on
            posted.source_id = changes.source_id
            and posted.posted_date
            between changes.since_date - $days::integer and changes.since_date + ($days::integer - 1)
    group by all
),

counts as (
    select
        changes.source_id, changes.since_date, tagged.tag_id,
        coalesce(sum(tagged.leaf_articles) filter (where tagged.posted_date < changes.since_date), 0)
            as before_articles,
        coalesce(sum(tagged.leaf_articles) filter (where tagged.posted_date >= changes.since_date), 0)
            as after_articles
    from changes
    join agg_tag_day as tagged
        on
            tagged.source_id = changes.source_id
            and tagged.posted_date
            between changes.since_date - $days::integer and changes.since_date + ($days::integer - 1)
    group by all
    having before_articles + after_articles >= $support::integer
),

shares as (
    select
        changes.source, changes.since_date, changes.change, dim_tag.label as topic,
        counts.before_articles, counts.after_articles, totals.before_all, totals.after_all,
        counts.before_articles / totals.before_all as share_before,
        counts.after_articles / totals.after_all as share_after,
        wilson_low(counts.before_articles, totals.before_all) as before_low,
        wilson_high(counts.before_articles, totals.before_all) as before_high,
        wilson_low(counts.after_articles, totals.after_all) as after_low,
        wilson_high(counts.after_articles, totals.after_all) as after_high
    from counts
    join totals on totals.source_id = counts.source_id and totals.since_date = counts.since_date
    join changes on changes.source_id = counts.source_id and changes.since_date = counts.since_date
    join dim_tag on dim_tag.tag_id = counts.tag_id
    where totals.before_all > 0 and totals.after_all > 0
),

-- The interval of a difference of shares is Newcombe's (1998, method 10), from the two Wilson intervals.
differences as (
    select
        *,
        share_after - share_before as difference,
        difference - sqrt(pow(share_after - after_low, 2) + pow(before_high - share_before, 2)) as difference_low,
        difference + sqrt(pow(after_high - share_after, 2) + pow(share_before - before_low, 2)) as difference_high
    from shares
),

ranked as (
    select *, abs(difference) / (difference_high - difference_low) as clearness from differences
)

select
    source,
    since_date,
    change,
    topic,
    round(share_before, 4) as share_before,
    round(share_after, 4) as share_after,
    round(difference, 4) as difference,
    round(difference_low, 4) as difference_low,
    round(difference_high, 4) as difference_high,
    before_articles::bigint as before_articles,
    after_articles::bigint as after_articles,
    before_all::bigint as before_all,
    after_all::bigint as after_all
from ranked
qualify row_number() over (partition by source, since_date order by clearness desc, topic) <= $top::integer
order by source, since_date, clearness desc, topic
