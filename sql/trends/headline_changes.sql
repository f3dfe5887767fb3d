-- title: Headline changes
-- question: How often does each source change a headline after publication?
-- grain: one source; share is 0..1 of its articles
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: changed_articles
-- series: none
with changed as (
    select
        article_id,
        count(*) as changes
    from fact_article_revision
    where headline_changed and revision > 1
    group by article_id
)

select
    dim_source.name as source,
    count(changed.article_id) as changed_articles,
    coalesce(sum(changed.changes), 0)::bigint as changes,
    count(*) as articles,
    round(count(changed.article_id) / count(*), 4) as share
from fact_article
join dim_source on dim_source.source_id = fact_article.source_id
left join changed on changed.article_id = fact_article.article_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name
order by changed_articles desc, source
