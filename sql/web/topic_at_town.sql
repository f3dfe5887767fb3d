-- Returns the articles with each topic among those that name the town $town, by day, week or month.
-- grain: one topic of $topics (empty: the five most frequent there) x period; share is 0..1 of the articles of observed
--     days that name the town, null where no day was observed
-- reads: article_tags, dim_place, dim_source, dim_tag, fact_article, fact_article_place, fact_source_day, periods(),
--     wilson_high(), wilson_low()
with mentioning as (
    select distinct
        article.article_id,
        if($clock::text = 'first_seen', article.first_seen_date, article.posted_date) as date
    from fact_article as article
    join dim_source as source on source.source_id = article.source_id
    join fact_article_place as mention on mention.article_id = article.article_id
    join dim_place as town on town.place_id = mention.place_id
    join fact_source_day as day
        on
            day.source_id = article.source_id and day.observed
            and day.date = if($clock::text = 'first_seen', article.first_seen_date, article.posted_date)
    where town.name = $town::text and ($source::text is null or source.name = $source::text)
),

counted as (
    select mentioning.article_id, date_trunc($by::text, mentioning.date)::date as period
    from mentioning
    where mentioning.date between $since::date and $until::date
),

tagged as (
    select article_tags.folded, counted.period, count(*) as articles, sum((not article_tags.is_parent)::integer) as leaf
    from counted
    join article_tags on article_tags.article_id = counted.article_id
    group by all
),

chosen as (
    select folded, label from dim_tag where list_contains($topics::text[], folded)
    union all
    (
        select tagged.folded, any_value(dim_tag.label)
        from tagged
        join dim_tag on dim_tag.folded = tagged.folded
        where len($topics::text[]) = 0
        group by tagged.folded
        having sum(tagged.leaf) > 0
        order by sum(tagged.leaf) desc, tagged.folded
        limit 5
    )
),

totals as (
    select period, count(*) as articles from counted group by period
),

filled as (
    select
        periods.period, chosen.label as topic, periods.observed_days, periods.days,
        case when periods.observed_days > 0 then coalesce(tagged.articles, 0) end as articles,
        case when periods.observed_days > 0 then coalesce(totals.articles, 0) end as all_articles
    from periods($since::date, $until::date, $by::text, $source::text) as periods
    cross join chosen
    left join totals on totals.period = periods.period
    left join tagged on tagged.period = periods.period and tagged.folded = chosen.folded
)

select
    period, topic,
    round(articles / nullif(all_articles, 0), 4) as share,
    round(wilson_low(articles, all_articles), 4) as share_low,
    round(wilson_high(articles, all_articles), 4) as share_high,
    articles, all_articles, observed_days > 0 as observed, observed_days, days
from filled
order by topic, period
