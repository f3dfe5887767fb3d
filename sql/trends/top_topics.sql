-- title: Top topics
-- question: Which topics lead a period, and how did the ranks move since the one before?
-- grain: one topic; observed days only, against as many days before; null where we looked on under half as many then
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- param: top integer = 20 - how many topics, parents left out
-- chart: table
-- x: topic
-- y: articles
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
    select
        until_date,
        coalesce($since::date, until_date - 27) as since_date,
        coalesce($since::date, until_date - 27) - coalesce(until_date - $since::date + 1, 28)::integer as before_date
    from last_look
),

looked as (
    select fact_source_day.source_id, fact_source_day.date, fact_source_day.date >= bounds.since_date as is_now
    from fact_source_day
    join bounds on fact_source_day.date between bounds.before_date and bounds.until_date
    where fact_source_day.observed and fact_source_day.source_id in (select source_id from sources)
),

spans as (
    select
        count(distinct date) filter (where is_now) as observed_days,
        count(distinct date) filter (where not is_now) as previous_days,
        2 * count(distinct date) filter (where not is_now) >= count(distinct date) filter (where is_now) as comparable
    from looked
),

-- Days of these sources that nobody looked at. They are few: what was posted on them is taken back from the sum of all,
-- which costs less than joining every row with the days that were looked at.
blind as (
    select sources.source_id, dim_date.date
    from sources
    cross join bounds
    join dim_date on dim_date.date between bounds.before_date and bounds.until_date
    anti join looked on looked.source_id = sources.source_id and looked.date = dim_date.date
),

-- All sources and one source are two scans, of which one is planned: so no row is asked whose it is when all are meant.
halves as (
    select
        tag_id, posted_date >= (select since_date from bounds) as is_now, sum(leaf_articles) as articles,
        sum(stories) as stories
    from agg_tag_day
    where
        $source::text is null
        and posted_date between (select before_date from bounds) and (select until_date from bounds)
    group by all
    union all
    select
        tag_id, posted_date >= (select since_date from bounds) as is_now, sum(leaf_articles) as articles,
        sum(source_stories) as stories
    from agg_tag_day
    where
        $source::text is not null
        and source_id in (select source_id from sources)
        and posted_date between (select before_date from bounds) and (select until_date from bounds)
    group by all
    union all
    select
        agg_tag_day.tag_id, agg_tag_day.posted_date >= (select since_date from bounds) as is_now,
        -sum(agg_tag_day.leaf_articles),
        -sum(case when $source::text is null then agg_tag_day.stories else agg_tag_day.source_stories end)
    from agg_tag_day
    join blind on blind.source_id = agg_tag_day.source_id and blind.date = agg_tag_day.posted_date
    group by all
),

counts as (
    select
        tag_id,
        coalesce(sum(articles) filter (where is_now), 0) as articles,
        coalesce(sum(stories) filter (where is_now), 0) as stories,
        coalesce(sum(articles) filter (where not is_now), 0) as previous_articles
    from halves
    group by tag_id
    having articles > 0 or previous_articles > 0
),

ranked as (
    select
        *,
        rank() over (order by articles desc) as now_rank,
        case when previous_articles > 0 then rank() over (order by previous_articles desc) end as previous_rank
    from counts
)

select
    ranked.now_rank as rank,
    dim_tag.label as topic,
    ranked.articles::bigint as articles,
    ranked.stories::bigint as stories,
    case when spans.comparable then ranked.previous_rank end as previous_rank,
    case when spans.comparable then ranked.previous_rank - ranked.now_rank end as moved_up,
    case when spans.comparable then ranked.previous_articles end::bigint as previous_articles,
    spans.observed_days,
    spans.previous_days
from ranked
cross join spans
join dim_tag on dim_tag.tag_id = ranked.tag_id
where ranked.articles > 0
order by ranked.now_rank, topic
limit $top::integer
