-- title: New topics
-- question: Which topics came up for the first time?
-- grain: one topic by the posted day of its first article, days before the source was first observed left out
-- param: days integer = 28 - how far back from the last day looked at
-- param: source text = none - one source only
-- param: support integer = 1 - fewest articles since
-- chart: table
-- x: topic
-- y: articles
-- series: none
with tagged as (
    select distinct
        fact_article_tag.article_id,
        fact_article.posted_date as date,
        coalesce(
            (
                select arg_max(tag_alias.means_folded, coalesce(tag_alias.since_date, date '0001-01-01'))
                from tag_alias
                where
                    tag_alias.alias_folded = dim_tag.folded
                    and (tag_alias.since_date is null or tag_alias.since_date <= fact_article.posted_date)
            ),
            dim_tag.folded
        ) as folded
    from fact_article_tag
    join dim_tag on dim_tag.tag_id = fact_article_tag.tag_id
    join fact_article on fact_article.article_id = fact_article_tag.article_id
    join dim_source on dim_source.source_id = fact_article.source_id
    join fact_source_day
        on
            fact_source_day.source_id = fact_article.source_id
            and fact_source_day.date = fact_article.posted_date
            and fact_source_day.observed
    where not fact_article_tag.is_parent and ($source::text is null or dim_source.name = $source::text)
),

bounds as (
    select
        min(fact_source_day.date) as since_date,
        max(fact_source_day.date) as until_date
    from fact_source_day
    join dim_source on dim_source.source_id = fact_source_day.source_id
    where fact_source_day.observed and ($source::text is null or dim_source.name = $source::text)
),

firsts as (
    select
        folded,
        min(date) as first_date,
        max(date) as last_date,
        count(distinct article_id) as articles
    from tagged
    group by folded
)

select
    coalesce(dim_tag.label, firsts.folded) as topic,
    firsts.first_date,
    firsts.last_date,
    firsts.articles
from firsts
cross join bounds
left join dim_tag on dim_tag.folded = firsts.folded
where
    firsts.first_date > bounds.until_date - $days::integer
    and firsts.first_date > bounds.since_date
    and firsts.articles >= $support::integer
order by firsts.articles desc, topic
