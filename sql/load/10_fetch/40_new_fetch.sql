-- Selects the staged exchanges that are not loaded yet and assigns their keys. Every later statement of the load joins
-- through this table, so rows that came with a known exchange are skipped.
-- reads: dim_source, fact_fetch, local_day, stage_batch, stage_fetch
-- writes: new_fetch
create or replace temp table new_fetch as
with known as materialized (
    select source_id, url, requested_at, purpose
    from fact_fetch
    where
        requested_at >= (select coalesce(min(requested_at), 'infinity') from stage_fetch)
        and requested_at <= (select max(requested_at) from stage_fetch)
    union all
    select source_id, url, requested_at, purpose
    from fact_fetch
    where requested_at is null and (select count(*) - count(requested_at) from stage_fetch) > 0
),

exchange as materialized (
    select staged.fetch_no, source.source_id, staged.url, staged.requested_at, staged.purpose
    from stage_fetch as staged
    join dim_source as source on source.name = staged.source
),

fresh as materialized (
    select min(fetch_no) as fetch_no
    from exchange
    where
        not exists (
            select 1
            from known
            where
                known.source_id = exchange.source_id
                and known.url = exchange.url
                and known.requested_at is not distinct from exchange.requested_at
                and known.purpose = exchange.purpose
        )
    group by source_id, url, requested_at, purpose
),

numbered as (
    select fetch_no, row_number() over (order by fetch_no) as number from fresh
)

select
    (select coalesce(max(fetch_id), 0) from fact_fetch) + numbered.number as fetch_id,
    source.source_id, source.zone, stage_batch.batch_id,
    case
        when staged.requested_at < day.from_at then day.date - 1
        when staged.requested_at >= day.before_at then day.date + 1
        else day.date
    end as local_date,
    staged.fetch_no, staged.source, staged.url, staged.requested_at, staged.purpose, staged.outcome, staged.status,
    staged.reason, staged.robots_rule, staged.robots_tags, staged.waited_ms, staged.elapsed_ms, staged.attempts,
    staged.bytes, staged.media_type, staged.final_url, staged.body_sha256, staged.warc_file, staged.warc_offset,
    staged.kind, staged.kind_evidence
from stage_fetch as staged
join numbered on numbered.fetch_no = staged.fetch_no
join stage_batch on staged.fetch_no >= stage_batch.from_no and staged.fetch_no < stage_batch.before_no
join dim_source as source on source.name = staged.source
left join local_day as day on day.zone = coalesce(source.zone, 'UTC') and day.date = staged.requested_at::date;
