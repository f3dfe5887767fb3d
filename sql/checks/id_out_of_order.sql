-- Finds Heartland articles with a wrong date: ids are one rising sequence over all stations, so an article is posted
-- close to its neighbors by id. Faulty is a distance of over two days from both neighbors, in the same direction.
-- level: warn
-- reads: fact_article, first_unchecked_fetch()
with fresh as (
    select min(native_id) as low, max(native_id) as high
    from fact_article
    where
        fetch_id >= first_unchecked_fetch('id_out_of_order')
        and regexp_full_match(native_id, '[0-9]{9}')
        and starts_with(template, 'heartland')
),

sequence as (
    select
        fact_article.article_id, fact_article.native_id, fact_article.posted_local, fact_article.url,
        lag(fact_article.posted_local) over (order by fact_article.native_id, fact_article.article_id) as before_local,
        lead(fact_article.posted_local) over (order by fact_article.native_id, fact_article.article_id) as after_local
    from fact_article
    cross join fresh
    where
        fact_article.native_id between fresh.low and fresh.high
        and fact_article.posted_local is not null
        and regexp_full_match(fact_article.native_id, '[0-9]{9}')
        and starts_with(fact_article.template, 'heartland')
)

select article_id, native_id, posted_local, before_local, after_local, url
from sequence
where
    (posted_local > before_local + interval 2 day and posted_local > after_local + interval 2 day)
    or (posted_local < before_local - interval 2 day and posted_local < after_local - interval 2 day);
