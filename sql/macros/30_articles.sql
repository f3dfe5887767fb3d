-- Known articles per day of a range, of the named source or over all sources when the name is null. The clock is
-- 'posted' or 'first_seen'.
-- grain: one day
create or replace temp macro article_counts(since, until, clock, source_name) as table
    select date, articles
    from agg_day
    where clock = 'posted' and source_name is null and date between since and until
    union all
    select posted_date, sum(articles)
    from agg_article_day
    where
        clock = 'posted'
        and source_name is not null
        and posted_date between since and until
        and source_id = (select source_id from dim_source where name = source_name)
    group by posted_date
    union all
    select first_seen_date, count(*)
    from fact_article
    where
        clock = 'first_seen'
        and first_seen_date between since and until
        and (source_name is null or source_id = (select source_id from dim_source where name = source_name))
    group by first_seen_date;

-- Articles first seen per day of a range, of the named source or over all sources when the name is null, without days
-- on which the tags of a source had collapsed.
-- grain: one day
create or replace temp macro tagging_articles_first_seen(since, until, source_name) as table
    select seen.first_seen_date as date, count(*) as articles
    from fact_article as seen
    anti join agg_untagged_day as untagged
        on untagged.source_id = seen.source_id and untagged.date = seen.first_seen_date
    where
        seen.first_seen_date between since and until
        and (source_name is null or seen.source_id = (select source_id from dim_source where name = source_name))
    group by seen.first_seen_date;
