-- Computes first_seen_at, last_seen_at, gone_at and the number of revisions of the touched articles. An article is gone
-- since the first 404 or 410 after it was last seen.
-- needs: article exchanges, stale_article
-- reads: article_reading, batch_article, dim_source, fact_article, fact_article_revision, new_page, touched_article
-- writes: article_clock
create or replace temp table article_clock as
with readings as materialized (
    select article_id, captured_at, is_gone
    from article_reading
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),

seen as (
    select article_id, min(captured_at) as first_seen_at, max(captured_at) as last_seen_at
    from readings
    where not is_gone
    group by article_id
),

gone as (
    select readings.article_id, min(readings.captured_at) as gone_at
    from readings
    join seen on seen.article_id = readings.article_id
    where readings.is_gone and readings.captured_at > seen.last_seen_at
    group by readings.article_id
),

counted as (
    select article_id, max(revision) as revisions
    from fact_article_revision
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
    group by article_id
),

article_source as (
    select article_id, source_id
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
        and article_id in (select article_id from touched_article where not is_new)
    union
    select article_id, source_id from batch_article where is_new
)

select
    seen.article_id, seen.first_seen_at, seen.last_seen_at,
    timezone(coalesce(source.zone, 'UTC'), seen.first_seen_at)::date as first_seen_date, gone.gone_at,
    coalesce(counted.revisions, 0)::integer as revisions
from seen
left join gone on gone.article_id = seen.article_id
left join counted on counted.article_id = seen.article_id
join article_source on article_source.article_id = seen.article_id
join dim_source as source on source.source_id = article_source.source_id
union all
select
    page.article_id, page.captured_at as first_seen_at, page.captured_at as last_seen_at, page.local_date, null, 1
from new_page as page
join touched_article as touched on touched.article_id = page.article_id and touched.is_lone;
