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
    select source_id from dim_source where name = $source::text
),

looks as (
    select null as source_id, date from agg_day where $source::text is null and observed_sources > 0
    union all
    select source_id, date
    from fact_source_day
    where $source::text is not null and observed and source_id in (select source_id from sources)
),

last_look as (
    select coalesce($until::date, max(date)) as until_date from looks
),

bounds as (
    select
        until_date,
        coalesce($since::date, until_date - 27) as since_date,
        coalesce($since::date, until_date - 27) - coalesce(until_date - $since::date + 1, 28)::integer as before_date
    from last_look
),

looked as (
    select looks.source_id, looks.date, looks.date >= bounds.since_date as is_now
    from looks
    join bounds on looks.date between bounds.before_date and bounds.until_date
),

spans as (
    select
        count(*) filter (where is_now) as observed_days,
        count(*) filter (where not is_now) as previous_days,
        2 * count(*) filter (where not is_now) >= count(*) filter (where is_now) as comparable
    from looked
),

-- The whole months of either half come from their rollup, and only the days before and after them one by one.
whole as (
    select
        is_now, from_date, to_date,
        date_trunc('month', from_date + interval 1 month - interval 1 day)::date as first_month,
        date_trunc('month', to_date + interval 1 day)::date as next_month
    from (
        select true as is_now, since_date as from_date, until_date as to_date from bounds
        union all
        select false, before_date, since_date - 1 from bounds
    )
),

-- Each is a scan of its own, of which those are planned that are meant: so no row is asked whose it is in vain.
halves as (
    select whole.is_now, month.tag_id, month.observed_leaf_articles as articles, month.observed_stories as stories
    from agg_topic_month as month
    join whole on month.month_date >= whole.first_month and month.month_date < whole.next_month
    where $source::text is null
    union all
    select whole.is_now, early.tag_id, early.observed_leaf_articles, early.observed_stories
    from agg_topic_day as early
    join whole
        on early.posted_date >= whole.from_date and early.posted_date <= least(whole.to_date, whole.first_month - 1)
    where $source::text is null
    union all
    select whole.is_now, late.tag_id, late.observed_leaf_articles, late.observed_stories
    from agg_topic_day as late
    join whole
        on
            late.posted_date >= greatest(whole.first_month, whole.next_month)
            and late.posted_date <= whole.to_date
    where $source::text is null
    union all
    select looked.is_now, tag_day.tag_id, tag_day.leaf_articles, tag_day.source_stories
    from agg_tag_day as tag_day
    join looked on looked.source_id = tag_day.source_id and looked.date = tag_day.posted_date
    where $source::text is not null and tag_day.source_id in (select source_id from sources)
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
