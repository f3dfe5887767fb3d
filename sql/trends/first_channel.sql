-- title: First channel
-- question: Which channel shows a story first?
-- grain: one source x channel; articles first shown there, ties go to each
-- param: source text = none - one source only
-- chart: bar
-- x: channel
-- y: articles
-- series: source
with firsts as (
    select
        article_id,
        channel,
        min(from_at) as shown_at
    from fact_appearance
    where article_id is not null and from_at is not null
    group by article_id, channel
),

ranked as (
    select
        article_id,
        channel,
        shown_at = min(shown_at) over (partition by article_id) as is_first
    from firsts
)

select
    dim_source.name as source,
    ranked.channel,
    count(*) filter (where ranked.is_first) as articles,
    count(*) as shown
from ranked
join fact_article on fact_article.article_id = ranked.article_id
join dim_source on dim_source.source_id = fact_article.source_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name, ranked.channel
order by source, articles desc, ranked.channel
