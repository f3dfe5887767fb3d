-- Recomputes the local days on which this load has exchanges. A day is observed where a feed, a sitemap or a section
-- page responded, changed or not; services of weather history, asked once and not watched, have no days.
-- reads: fact_fetch, local_day, new_fetch
-- writes: fact_source_day
delete from fact_source_day
where (source_id, date) in (select source_id, local_date from new_fetch where local_date is not null);

insert into fact_source_day by name
with batch_day as (
    select distinct source_id, coalesce(zone, 'UTC') as zone, local_date
    from new_fetch
    where source_id not in (select source_id from new_fetch where purpose in ('history', 'file_list'))
),

touched as materialized (
    select batch_day.source_id, day.date, day.from_at, day.before_at
    from batch_day
    join local_day as day on day.zone = batch_day.zone and day.date = batch_day.local_date
),

exchanges as (
    select
        touched.source_id, touched.date, exchange.url, exchange.purpose, exchange.outcome,
        exchange.purpose in ('feed', 'sitemap', 'section') and exchange.outcome in ('new', 'changed', 'unchanged')
            as is_listing
    from touched
    join fact_fetch as exchange
        on
            exchange.source_id = touched.source_id
            and exchange.requested_at >= touched.from_at and exchange.requested_at < touched.before_at
    where
        exchange.requested_at >= (select coalesce(min(date), 'infinity')::timestamptz - interval 1 day from touched)
        and exchange.requested_at <= (select max(date)::timestamptz + interval 2 days from touched)
),

listings as (
    select source_id, date, url, count(*) as times from exchanges where is_listing group by source_id, date, url
)

select
    exchanges.source_id, exchanges.date,
    count(*) filter (exchanges.is_listing)::integer as channel_reads,
    coalesce((
        select max(listings.times)
        from listings
        where listings.source_id = exchanges.source_id and listings.date = exchanges.date
    ), 0)::integer as good_runs,
    count(*) filter (exchanges.purpose = 'article' and exchanges.outcome = 'new')::integer as new_articles,
    count(*) filter (exchanges.purpose = 'article' and exchanges.outcome = 'changed')::integer as changed_articles,
    count(*) filter (exchanges.outcome = 'refused')::integer as refused,
    count(*) filter (exchanges.outcome in ('failed', 'unsafe'))::integer as failed,
    count(*) filter (exchanges.is_listing) > 0 as observed
from exchanges
group by exchanges.source_id, exchanges.date;
