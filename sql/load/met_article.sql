-- The articles of this batch with their keys: known ones keep theirs, new ones get the next. The hash finds candidates
-- by one narrow column; the key itself decides. What is staged is read apart, narrow: a join's filter reaches into the
-- scan, and Arrow then copies every column, bodies too, to filter.
create or replace temp table met_article as
with staged as materialized (
    select fetch_no, article_key from stage_article
),
met as materialized (
    select
        new_fetch.source_id, staged.article_key, md5_number_lower(new_fetch.source_id || ' ' || staged.article_key) as key_hash,
        min(new_fetch.fetch_id) as fetch_id
    from staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by all
),
candidate as materialized (
    select known.article_id
    from fact_article as known
    where known.key_hash in (select key_hash from met)
),
known as (
    select article_id, source_id, article_key
    from fact_article
    where article_id in (select article_id from candidate)
    and article_id >= (select coalesce(min(article_id), 9223372036854775807) from candidate)
)
select
    met.source_id, met.article_key, met.key_hash, known.article_id is null as is_new,
    coalesce(
        known.article_id,
        (select coalesce(max(article_id), 0) from fact_article)
        + row_number() over (partition by known.article_id is null order by met.fetch_id)
    ) as article_id
from met
left join known on known.source_id = met.source_id and known.article_key = met.article_key;
