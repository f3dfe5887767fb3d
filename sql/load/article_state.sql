insert into article_state
select
    article.article_id, page.state_hash, any_value(page.title), any_value(page.summary), any_value(page.body),
    any_value(page.authors), any_value(page.tags), any_value(page.updated_local), any_value(page.content_hash),
    any_value(page.word_count)
from new_page as page
join fact_article as article on article.source_id = page.source_id and article.article_key = page.article_key
group by article.article_id, page.state_hash
on conflict do nothing;
