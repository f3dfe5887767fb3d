-- Assigns a key to every article of this load: known articles keep theirs, new ones get the next numbers. The narrow
-- hash column finds candidates; the article key itself decides.
-- needs: article exchanges, stage_find, stale_article
-- reads: fact_article, new_fetch, stage_article
-- writes: batch_article
create or replace temp table batch_article as
-- Only two narrow columns are read here: with a filter pushed down by the join, Arrow copies every column, bodies too.
with staged as materialized (
    select fetch_no, article_key from stage_article
),

keyed as materialized (
    select
        new_fetch.source_id, staged.article_key,
        md5_number_lower(new_fetch.source_id || ' ' || staged.article_key) as key_hash,
        min(new_fetch.fetch_id) as fetch_id
    from staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by all
),

candidate as materialized (
    select article_id from fact_article where key_hash in (select key_hash from keyed)
),

known as (
    select article_id, source_id, article_key
    from fact_article
    where
        article_id in (select article_id from candidate)
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from candidate)
)

select
    keyed.source_id, keyed.article_key, keyed.key_hash, known.article_id is null as is_new,
    coalesce(
        known.article_id,
        (select coalesce(max(article_id), 0) from fact_article)
        + row_number() over (partition by known.article_id is null order by keyed.fetch_id)
    ) as article_id
from keyed
left join known on known.source_id = keyed.source_id and known.article_key = keyed.article_key;
