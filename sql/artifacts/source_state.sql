-- Returns when each source was read last and brought something new last, and how often it usually does.
-- grain: one enabled source; gaps in hours over the 28 days before $now (null: before the newest exchange)
-- reads: dim_source, fact_fetch
with reached as (
    select max(fact_fetch.requested_at) as last_at
    from fact_fetch
    join dim_source on dim_source.source_id = fact_fetch.source_id
    where dim_source.enabled
    group by fact_fetch.source_id
),

-- A demo is ahead of the time, and visits its sources one after another: there it is what all of them have reached.
reference as (
    select
        case
            when $now::timestamptz is null then max(last_at)
            else greatest($now::timestamptz, min(last_at))
        end as now
    from reached
),

exchange as (
    select
        fact_fetch.source_id, fact_fetch.requested_at, fact_fetch.outcome, fact_fetch.reason,
        fact_fetch.outcome in ('new', 'changed', 'unchanged') and fact_fetch.purpose not in ('robots', 'article')
            as is_read,
        -- An article that changed is no news: panels and lists on its page change too.
        (fact_fetch.purpose = 'article' and fact_fetch.outcome = 'new')
        or (
            fact_fetch.purpose in ('observations', 'forecast', 'alerts')
            and fact_fetch.outcome in ('new', 'changed')
        ) as is_news
    from fact_fetch
    cross join reference
    where
        fact_fetch.requested_at > reference.now - interval 28 day
        and fact_fetch.requested_at <= reference.now
),

-- Requests of one run are seconds apart: gaps of less than five minutes are none.
read_gap as (
    select
        source_id,
        date_diff('second', lag(requested_at) over runs, requested_at) / 3600.0 as hours
    from exchange
    where is_read
    window runs as (partition by source_id order by requested_at)
    qualify hours >= 5 / 60.0
),

news_gap as (
    select
        source_id,
        date_diff('second', lag(requested_at) over runs, requested_at) / 3600.0 as hours
    from exchange
    where is_news
    window runs as (partition by source_id order by requested_at)
    qualify hours >= 5 / 60.0
),

reads as (
    select source_id, quantile_cont(hours, 0.9) as usual_gap, count(*) as gaps from read_gap group by source_id
),

news as (
    select source_id, max(hours) as longest_gap, count(*) as gaps from news_gap group by source_id
),

last as (
    select
        source_id,
        max(requested_at) filter (where is_read) as read_at,
        max(requested_at) filter (where is_news) as news_at
    from exchange
    group by source_id
),

since as (
    select
        exchange.source_id,
        count(*) filter (where exchange.outcome = 'refused') as refused,
        count(*) filter (where exchange.outcome = 'failed') as failed,
        arg_max(exchange.reason, exchange.requested_at) filter (where exchange.outcome in ('refused', 'failed'))
            as reason
    from exchange
    left join last on last.source_id = exchange.source_id
    where last.read_at is null or exchange.requested_at > last.read_at
    group by exchange.source_id
)

select
    dim_source.name as source, dim_source.home, reference.now as reference_at, last.read_at, last.news_at,
    case when reads.gaps >= 5 then reads.usual_gap end as usual_read_gap,
    case when news.gaps >= 5 then news.longest_gap end as longest_news_gap,
    coalesce(since.refused, 0) as refused, coalesce(since.failed, 0) as failed, since.reason
from dim_source
cross join reference
left join last on last.source_id = dim_source.source_id
left join reads on reads.source_id = dim_source.source_id
left join news on news.source_id = dim_source.source_id
left join since on since.source_id = dim_source.source_id
where dim_source.enabled
order by dim_source.name
