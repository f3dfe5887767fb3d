-- Adds each content state of an article that is not stored yet.
-- The body is kept only of sources that store it; its hash is always kept, so that changes are noticed.
-- needs: article exchanges, stale_article
-- reads: article_state, batch_article, dim_source, new_page, stage_article
-- writes: article_state
insert into article_state by name
with known as materialized (
    select article_id, state_hash
    from article_state
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from batch_article where not is_new)
        and article_id in (select article_id from batch_article where not is_new)
),

fresh as (
    select
        new_page.article_id, new_page.state_hash, min(new_page.fetch_no) as fetch_no,
        any_value(source.store_body) as store_body
    from new_page
    anti join known using (article_id, state_hash)
    join dim_source as source on source.source_id = new_page.source_id
    group by new_page.article_id, new_page.state_hash
)

select
    fresh.article_id, fresh.state_hash, staged.title, staged.summary,
    case when coalesce(fresh.store_body, true) then staged.body end as body,
    md5_number_lower(staged.body) as body_hash,
    staged.authors, staged.tags, staged.updated_local, staged.content_hash, staged.word_count
from stage_article as staged
-- `is not distinct from` is not pushed down into the Arrow scan, `=` would be: filtering there copies all bodies.
join fresh on fresh.fetch_no is not distinct from staged.fetch_no;
