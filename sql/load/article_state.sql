insert into article_state
with known as materialized (
    select article_id, state_hash
    from article_state
    where
        article_id >= (select min(article_id) from met_article where not is_new)
        and article_id in (select article_id from met_article where not is_new)
),
fresh as (
    select new_page.article_id, new_page.state_hash, min(new_page.fetch_no) as fetch_no
    from new_page
    anti join known on known.article_id = new_page.article_id and known.state_hash = new_page.state_hash
    group by all
)
select
    fresh.article_id, fresh.state_hash, staged.title, staged.summary, staged.body, staged.authors, staged.tags,
    staged.updated_local, staged.content_hash, staged.word_count
from fresh
join stage_article as staged on staged.fetch_no = fresh.fetch_no;
