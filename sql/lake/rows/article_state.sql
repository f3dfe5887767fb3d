-- The states of articles by month of posting of the article; body text only of the sources in lake_body_source.
-- compares: marked months
-- reads: article_state, dim_source, fact_article, is_compared(), lake_body_source, lake_row()
select
    coalesce(strftime(article.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id, if(public.name is not null, own.body, null) as body
    )
from article_state as own
join fact_article as article on article.article_id = own.article_id
left join dim_source as source on source.source_id = article.source_id
left join lake_body_source as public on public.name = source.name
where is_compared(article.posted_date)
