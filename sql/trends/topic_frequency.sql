-- title: Topic frequency
-- question: How often does each topic come up, by day, week or month?
-- grain: one topic x period; articles is 0 where we looked and found none, null where nobody looked
-- param: since date = none - first local day (none: first day looked at, else first posted)
-- param: until date = none - last local day (none: last day looked at, else last posted)
-- param: by by = day - length of a period
-- param: topic topic = none - one topic only (none: the top ones)
-- param: source text = none - one source only
-- param: clock clock = posted - local day the publisher says, or the day first seen
-- param: top integer = 5 - how many topics when none is named, parents left out
-- chart: line
-- x: period
-- y: articles
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

articles as (
    select
        article_id,
        case when $clock::text = 'first_seen' then first_seen_date else posted_date end as date
    from fact_article
    where source_id in (select source_id from sources)
),

-- A backfill brings articles of days nobody looked: they are shown as known, never as a count.
bounds as (
    select
        coalesce($since::date, min(looked.date), (select min(articles.date) from articles)) as since_date,
        coalesce($until::date, max(looked.date), (select max(articles.date) from articles)) as until_date
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
    join days on days.date = articles.date
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
        count(distinct tagged.article_id) as articles,
        count(distinct fact_story.story_id) as stories
    from tagged
    left join fact_story on fact_story.article_id = tagged.article_id
    where tagged.folded in (select folded from chosen)
    group by all
)

select
    periods.period,
    coalesce(dim_tag.label, chosen.folded) as topic,
    case when periods.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    case when periods.observed_days > 0 then coalesce(counts.stories, 0) end as stories,
    coalesce(counts.articles, 0) as known_articles,
    periods.observed_days > 0 as observed,
    periods.observed_days,
    periods.days
from periods
cross join chosen
left join counts on counts.period = periods.period and counts.folded = chosen.folded
left join dim_tag on dim_tag.folded = chosen.folded
order by topic, periods.period
