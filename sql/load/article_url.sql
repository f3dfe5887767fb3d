-- Where an article was met: asked for, redirected to, and as its page names itself.
insert into article_url
select new_page.source_id, met.url, min(article.article_id)
from new_page
join fact_article as article
    on article.source_id = new_page.source_id and article.article_key = new_page.article_key
cross join unnest([new_page.asked_url, new_page.final_url, new_page.url]) as met(url)
where met.url is not null
group by new_page.source_id, met.url
on conflict do nothing;
