-- The pages of this batch that are the latest look at their article: what fact_article is to say now.
create or replace temp table current_page as
select article.article_id, page.*
from new_page as page
join fact_article as article on article.source_id = page.source_id and article.article_key = page.article_key
where not exists (
    select 1
    from article_reading as later
    where
        later.article_id = article.article_id
        and later.state_hash is not null
        and (later.captured_at > page.captured_at or (page.captured_at is null and later.captured_at is not null))
)
qualify row_number() over (partition by article.article_id order by page.fetch_id desc) = 1;
