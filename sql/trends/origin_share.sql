-- title: Origin share
-- question: How much of the coverage is local, sister, network and wire, by month?
-- grain: one origin x month; articles and stories of observed days only, share is 0..1 of articles
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- chart: table
-- x: month
-- y: share
-- series: origin
with articles as (
    select
        fact_article.article_id,
        date_trunc('month', fact_article.posted_date)::date as month,
        coalesce(fact_article.origin_kind, 'unknown') as origin
    from fact_article
    join dim_source on dim_source.source_id = fact_article.source_id
    join fact_source_day
        on
            fact_source_day.source_id = fact_article.source_id
            and fact_source_day.date = fact_article.posted_date
            and fact_source_day.observed
    where
        ($source::text is null or dim_source.name = $source::text)
        and ($since::date is null or fact_article.posted_date >= $since::date)
        and ($until::date is null or fact_article.posted_date <= $until::date)
)

select
    articles.month,
    articles.origin,
    round(count(*) / sum(count(*)) over (partition by articles.month), 4) as share,
    count(*) as articles,
    count(distinct coalesce(fact_story.story_id, articles.article_id)) as stories
from articles
left join fact_story on fact_story.article_id = articles.article_id
group by articles.month, articles.origin
order by articles.month, articles.origin
