-- Observed means somebody looked: a feed, a sitemap or a section page answered, changed or not.
insert into fact_source_day by name
with touched as materialized (
    select met.source_id, day.date, day.from_at, day.before_at
    from (select distinct source_id, coalesce(zone, 'UTC') as zone, local_date from new_fetch) as met
    join local_day as day on day.zone = met.zone and day.date = met.local_date
),
fetched as (
    select
        touched.source_id, touched.date, asked.url, asked.purpose, asked.outcome,
        asked.purpose in ('feed', 'sitemap', 'section') and asked.outcome in ('new', 'changed', 'unchanged') as is_look
    from touched
    join fact_fetch as asked on
        asked.source_id = touched.source_id
        and asked.requested_at >= touched.from_at and asked.requested_at < touched.before_at
    where
        asked.requested_at >= (select coalesce(min(date), 'infinity')::timestamptz - interval 1 day from touched)
        and asked.requested_at <= (select max(date)::timestamptz + interval 2 days from touched)
),
looks as (
    select source_id, date, url, count(*) as times from fetched where is_look group by source_id, date, url
)
select
    fetched.source_id, fetched.date,
    count(*) filter (fetched.is_look)::integer as looks,
    coalesce((
        select max(looks.times) from looks where looks.source_id = fetched.source_id and looks.date = fetched.date
    ), 0)::integer as good_runs,
    count(*) filter (fetched.purpose = 'article' and fetched.outcome = 'new')::integer as new_articles,
    count(*) filter (fetched.purpose = 'article' and fetched.outcome = 'changed')::integer as changed_articles,
    count(*) filter (fetched.outcome = 'refused')::integer as refused,
    count(*) filter (fetched.outcome in ('failed', 'unsafe'))::integer as failed,
    count(*) filter (fetched.is_look) > 0 as observed
from fetched
group by fetched.source_id, fetched.date;
