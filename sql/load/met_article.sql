-- The articles of this batch with their keys: known ones keep theirs, new ones get the next.
create or replace temp table met_article as
with met as (
    select new_fetch.source_id, staged.article_key, min(new_fetch.fetch_id) as fetch_id
    from stage_article as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by all
)
select
    met.source_id, met.article_key, known.article_id is null as is_new,
    coalesce(
        known.article_id,
        (select coalesce(max(article_id), 0) from fact_article)
        + row_number() over (partition by known.article_id is null order by met.fetch_id, met.article_key)
    ) as article_id
from met
left join fact_article as known on known.source_id = met.source_id and known.article_key = met.article_key;
