-- title: Topic share
-- question: What share of all coverage does each topic have, counted on days we looked?
-- grain: one topic x period; share is 0..1 of articles of observed days, null where nobody looked or none was posted
-- param: since date = none - first local day (none: first day looked at)
-- param: until date = none - last local day (none: last day looked at)
-- param: by by = day - length of a period
-- param: topic topic = none - one topic only (none: the top ones)
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: top integer = 5 - how many topics when none is named, parents left out
-- chart: line
-- x: period
-- y: share
-- series: topic
with sources as (
    select source_id from dim_source where $source::text is null or name = $source::text
),

looked as (
    select date, bool_or(observed) as observed
    from fact_source_day
    where source_id in (select source_id from sources)
    group by date
),

bounds as (
    select
        coalesce($since::date, min(date)) as since_date,
        coalesce($until::date, max(date)) as until_date
    from looked
),

days as (
    select
        dim_date.date,
        date_trunc($by::text, dim_date.date)::date as period,
        coalesce(looked.observed, false) as observed
    from dim_date
    cross join bounds
    left join looked on looked.date = dim_date.date
    where dim_date.date between bounds.since_date and bounds.until_date
),

periods as (
    select
        period,
        count(*) as days,
        count(*) filter (where observed) as observed_days
    from days
    group by period
),

articles as (
    select
        fact_article.article_id,
        fact_source_day.date
    from fact_article
    join fact_source_day
        on
            fact_source_day.source_id = fact_article.source_id
            and fact_source_day.observed
            and fact_source_day.date
            = case when $clock::text = 'first_seen' then fact_article.first_seen_date else fact_article.posted_date end
    join days on days.date = fact_source_day.date
    where fact_article.source_id in (select source_id from sources)
),

totals as (
    select
        date_trunc($by::text, date)::date as period,
        count(*) as articles
    from articles
    group by all
),

tagged as (
    select
        fact_article_tag.article_id,
        articles.date,
        fact_article_tag.is_parent,
        coalesce(
            (
                select arg_max(tag_alias.means_folded, coalesce(tag_alias.since_date, date '0001-01-01'))
                from tag_alias
                where
                    tag_alias.alias_folded = dim_tag.folded
                    and (tag_alias.since_date is null or tag_alias.since_date <= articles.date)
            ),
            dim_tag.folded
        ) as folded
    from fact_article_tag
    join dim_tag on dim_tag.tag_id = fact_article_tag.tag_id
    join articles on articles.article_id = fact_article_tag.article_id
),

chosen as (
    select $topic::text as folded
    where $topic::text is not null
    union all
    (
        select folded
        from tagged
        where $topic::text is null and not is_parent
        group by folded
        order by count(distinct article_id) desc, folded
        limit $top::integer
    )
),

counts as (
    select
        tagged.folded,
        date_trunc($by::text, tagged.date)::date as period,
        count(distinct tagged.article_id) as articles
    from tagged
    where tagged.folded in (select folded from chosen)
    group by all
)

select
    periods.period,
    coalesce(dim_tag.label, chosen.folded) as topic,
    coalesce(counts.articles, 0) / totals.articles as share,
    case when periods.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    case when periods.observed_days > 0 then coalesce(totals.articles, 0) end as all_articles,
    periods.observed_days > 0 as observed,
    periods.observed_days,
    periods.days
from periods
cross join chosen
left join totals on totals.period = periods.period
left join counts on counts.period = periods.period and counts.folded = chosen.folded
left join dim_tag on dim_tag.folded = chosen.folded
order by topic, periods.period
