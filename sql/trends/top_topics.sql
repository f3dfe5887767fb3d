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
now_half as (
    select
        since_date as from_date, until_date as to_date,
        date_trunc('month', since_date + interval 1 month - interval 1 day)::date as first_month,
        date_trunc('month', until_date + interval 1 day)::date as next_month
    from bounds
),

then_half as (
    select
        before_date as from_date, since_date - 1 as to_date,
        date_trunc('month', before_date + interval 1 month - interval 1 day)::date as first_month,
        date_trunc('month', since_date)::date as next_month
    from bounds
),

-- Each is a scan of its own, of which those are planned that are meant: so no row is asked whose it is in vain.
now_counts as (
    select tag_id, sum(articles)::bigint as articles, sum(stories)::bigint as stories
    from (
        select month.tag_id, month.observed_leaf_articles as articles, month.observed_stories as stories
        from agg_topic_month as month
        join now_half as half on month.month_date >= half.first_month and month.month_date < half.next_month
        where $source::text is null
        union all
        select early.tag_id, early.observed_leaf_articles, early.observed_stories
        from agg_topic_day as early
        join now_half as half
            on early.posted_date >= half.from_date and early.posted_date <= least(half.to_date, half.first_month - 1)
        where $source::text is null
        union all
        select late.tag_id, late.observed_leaf_articles, late.observed_stories
        from agg_topic_day as late
        join now_half as half
            on late.posted_date >= greatest(half.first_month, half.next_month) and late.posted_date <= half.to_date
        where $source::text is null
        union all
        select tag_day.tag_id, tag_day.leaf_articles, tag_day.source_stories
        from agg_tag_day as tag_day
        join looked on looked.source_id = tag_day.source_id and looked.date = tag_day.posted_date and looked.is_now
        where $source::text is not null
    )
    group by tag_id
    having sum(articles) > 0
),

then_counts as (
    select tag_id, sum(articles)::bigint as articles
    from (
        select month.tag_id, month.observed_leaf_articles as articles
        from agg_topic_month as month
        join then_half as half on month.month_date >= half.first_month and month.month_date < half.next_month
        where $source::text is null
        union all
        select early.tag_id, early.observed_leaf_articles
        from agg_topic_day as early
        join then_half as half
            on early.posted_date >= half.from_date and early.posted_date <= least(half.to_date, half.first_month - 1)
        where $source::text is null
        union all
        select late.tag_id, late.observed_leaf_articles
        from agg_topic_day as late
        join then_half as half
            on late.posted_date >= greatest(half.first_month, half.next_month) and late.posted_date <= half.to_date
        where $source::text is null
        union all
        select tag_day.tag_id, tag_day.leaf_articles
        from agg_tag_day as tag_day
        join looked on looked.source_id = tag_day.source_id and looked.date = tag_day.posted_date and not looked.is_now
        where $source::text is not null
    )
    group by tag_id
    having sum(articles) > 0
),

now_ranked as (
    select *, rank() over (order by articles desc) as rank from now_counts
),

then_ranked as (
    select *, rank() over (order by articles desc) as rank from then_counts
),

foremost as (
    select now_ranked.*, dim_tag.label as topic
    from now_ranked
    join dim_tag on dim_tag.tag_id = now_ranked.tag_id
    order by now_ranked.rank, topic
    limit $top::integer
)

select
    foremost.rank,
    foremost.topic,
    foremost.articles,
    foremost.stories,
    case when spans.comparable then then_ranked.rank end as previous_rank,
    case when spans.comparable then then_ranked.rank - foremost.rank end as moved_up,
    case when spans.comparable then coalesce(then_ranked.articles, 0) end as previous_articles,
    spans.observed_days,
    spans.previous_days
from foremost
cross join spans
left join then_ranked on then_ranked.tag_id = foremost.tag_id
order by foremost.rank, foremost.topic
