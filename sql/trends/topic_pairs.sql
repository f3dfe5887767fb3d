-- title: Topic pairs
-- question: Which topics travel together more than chance would have it?
-- grain: one pair of topics; parents and ancestors left out, observed days only; lift is the pair against independence
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- param: support integer = 3 - fewest articles with both
-- param: top integer = 30 - how many pairs
-- chart: table
-- x: topic
-- y: lift
-- series: other
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

within as (
    select *
    from tagged
    where ($since::date is null or date >= $since::date) and ($until::date is null or date <= $until::date)
),

total as (
    select count(*) as articles
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
),

topics as (
    select
        folded,
        count(*) as articles
    from within
    group by folded
),

pairs as (
    select
        one.folded,
        other.folded as other_folded,
        count(*) as articles
    from within as one
    join within as other on other.article_id = one.article_id and other.folded > one.folded
    where not exists (
        select 1
        from tag_parent
        where
            (tag_parent.tag_folded = one.folded and tag_parent.parent_folded = other.folded)
            or (tag_parent.tag_folded = other.folded and tag_parent.parent_folded = one.folded)
    )
    group by one.folded, other.folded
    having count(*) >= $support::integer
)

select
    coalesce(one_tag.label, pairs.folded) as topic,
    coalesce(other_tag.label, pairs.other_folded) as other,
    round(pairs.articles * total.articles / (one.articles * other.articles), 4) as lift,
    pairs.articles,
    one.articles as topic_articles,
    other.articles as other_articles
from pairs
cross join total
join topics as one on one.folded = pairs.folded
join topics as other on other.folded = pairs.other_folded
left join dim_tag as one_tag on one_tag.folded = pairs.folded
left join dim_tag as other_tag on other_tag.folded = pairs.other_folded
order by lift desc, pairs.articles desc, topic, other
limit $top::integer
