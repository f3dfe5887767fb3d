-- Articles of the named source (null: all) posted on its observed days in a range.
-- grain: one article
create or replace temp macro observed_articles(since, until, days, source_name) as table
    select
        article.article_id, article.source_id, source.name as source, article.posted_date, article.posted_at,
        article.posted_local, article.posted_precision, article.first_seen_at
    from fact_article as article
    join observed_source_days(since, until, days) as observed
        on observed.source_id = article.source_id and observed.date = article.posted_date
    join selected_sources(source_name) as source on source.source_id = article.source_id
    join observed_range(since, until, days, null) as range
        on article.posted_date between range.since_date and range.until_date;

-- Articles per day of a range, of the named source or over all sources when the name is null. The clock is 'posted' or
-- 'first_seen'.
-- grain: one day; observed_articles leaves out articles whose source was not observed on that day
create or replace temp macro article_counts(days, clock, source_name) as table
    select date, articles, observed_articles
    from agg_day
    join range_of(days) as range on date between range.since_date and range.until_date
    where clock = 'posted' and source_name is null
    union all
    select
        posted.posted_date, sum(posted.articles),
        sum(posted.articles) filter (where observed.date is not null)
    from agg_article_day as posted
    join range_of(days) as range on posted.posted_date between range.since_date and range.until_date
    left join observed_days(source_name) as observed on observed.date = posted.posted_date
    where
        clock = 'posted'
        and source_name is not null
        and posted.source_id in (select source_id from dim_source where name = source_name)
    group by posted.posted_date
    union all
    select article.first_seen_date, count(*), count(observed.date)
    from fact_article as article
    join range_of(days) as range on article.first_seen_date between range.since_date and range.until_date
    left join fact_source_day as observed
        on
            observed.source_id = article.source_id
            and observed.date = article.first_seen_date
            and observed.observed
    where
        clock = 'first_seen'
        and (source_name is null or article.source_id in (select source_id from dim_source where name = source_name))
    group by article.first_seen_date;
