-- title: Topic mix before and after
-- question: How did a source's topics change when its owner or system changed?
-- grain: one source x change x topic; shares 0..1 of articles of observed days, difference with 95 % interval
-- param: source text = none - one source only
-- param: days integer = 90 - days compared on each side of the change
-- param: support integer = 5 - fewest articles on both sides together
-- param: top integer = 20 - how many topics a change, the surest first, parents left out
-- chart: table
-- x: topic
-- y: difference
-- series: source
with eras as (
    select
        source_id, since_date, owner, system,
        lag(owner ignore nulls) over (partition by source_id order by since_date) as old_owner,
        lag(system ignore nulls) over (partition by source_id order by since_date) as old_system
    from source_era
),

changes as (
    select
        eras.source_id, dim_source.name, eras.since_date,
        concat_ws(
            ', ',
            case when eras.owner <> eras.old_owner then eras.old_owner || ' > ' || eras.owner end,
            case when eras.system <> eras.old_system then eras.old_system || ' > ' || eras.system end
        ) as change
    from eras
    join dim_source on dim_source.source_id = eras.source_id
    where
        (eras.owner <> eras.old_owner or eras.system <> eras.old_system)
        and ($source::text is null or dim_source.name = $source::text)
),

looked as (
    select
        changes.source_id, changes.since_date, fact_source_day.date,
        fact_source_day.date >= changes.since_date as is_after
    from changes
    join fact_source_day
        on
            fact_source_day.source_id = changes.source_id
            and fact_source_day.observed
            and fact_source_day.date
            between changes.since_date - $days::integer and changes.since_date + ($days::integer - 1)
),

totals as (
    select
        looked.source_id, looked.since_date,
        sum(agg_article_day.articles) filter (where not looked.is_after) as before_n,
        sum(agg_article_day.articles) filter (where looked.is_after) as after_n
    from looked
    join agg_article_day
        on agg_article_day.source_id = looked.source_id and agg_article_day.posted_date = looked.date
    group by all
),

counts as (
    select
        looked.source_id, looked.since_date, agg_tag_day.tag_id,
        coalesce(sum(agg_tag_day.leaf_articles) filter (where not looked.is_after), 0) as before_k,
        coalesce(sum(agg_tag_day.leaf_articles) filter (where looked.is_after), 0) as after_k
    from agg_tag_day
    join looked on looked.source_id = agg_tag_day.source_id and looked.date = agg_tag_day.posted_date
    group by all
),

-- The interval of a difference of shares is Newcombe's (1998, method 10), from the two Wilson intervals.
shares as (
    select
        counts.*, totals.before_n, totals.after_n,
        counts.before_k / totals.before_n as share_before,
        counts.after_k / totals.after_n as share_after,
        wilson_low(counts.before_k, totals.before_n) as before_low,
        wilson_high(counts.before_k, totals.before_n) as before_high,
        wilson_low(counts.after_k, totals.after_n) as after_low,
        wilson_high(counts.after_k, totals.after_n) as after_high
    from counts
    join totals on totals.source_id = counts.source_id and totals.since_date = counts.since_date
    where
        totals.before_n > 0 and totals.after_n > 0 and counts.before_k + counts.after_k >= $support::integer
),

differences as (
    select
        *,
        share_after - share_before as difference,
        share_after - share_before
        - sqrt(pow(share_after - after_low, 2) + pow(before_high - share_before, 2)) as difference_low,
        share_after - share_before
        + sqrt(pow(after_high - share_after, 2) + pow(share_before - before_low, 2)) as difference_high
    from shares
)

select
    changes.name as source,
    changes.since_date,
    changes.change,
    dim_tag.label as topic,
    round(differences.share_before, 4) as share_before,
    round(differences.share_after, 4) as share_after,
    round(differences.difference, 4) as difference,
    round(differences.difference_low, 4) as difference_low,
    round(differences.difference_high, 4) as difference_high,
    differences.before_k::bigint as before_articles,
    differences.after_k::bigint as after_articles,
    differences.before_n::bigint as before_all,
    differences.after_n::bigint as after_all
from differences
join changes on changes.source_id = differences.source_id and changes.since_date = differences.since_date
join dim_tag on dim_tag.tag_id = differences.tag_id
qualify
    row_number() over (
        partition by changes.name, changes.since_date
        order by
            abs(differences.difference) / (differences.difference_high - differences.difference_low) desc, dim_tag.label
    ) <= $top::integer
order by
    source, changes.since_date,
    abs(differences.difference) / (differences.difference_high - differences.difference_low) desc, topic
