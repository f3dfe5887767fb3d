-- level: fail
-- The rollup by day says what the facts say, on the days of articles read anew.
with fresh as (
    select distinct source_id, posted_date
    from fact_article
    where fetch_id >= first_unchecked_fetch('rollup_differs') and posted_date is not null
),

counted as (
    select fact_article.source_id, fact_article.posted_date, count(*) as articles
    from fact_article
    join fresh on fresh.source_id = fact_article.source_id and fresh.posted_date = fact_article.posted_date
    group by all
),

rolled as (
    select agg_article_day.source_id, agg_article_day.posted_date, sum(agg_article_day.articles) as articles
    from agg_article_day
    join fresh on fresh.source_id = agg_article_day.source_id and fresh.posted_date = agg_article_day.posted_date
    group by all
)

select counted.source_id, counted.posted_date, counted.articles, coalesce(rolled.articles, 0) as rolled_up
from counted
left join rolled on rolled.source_id = counted.source_id and rolled.posted_date = counted.posted_date
where counted.articles <> coalesce(rolled.articles, 0);
