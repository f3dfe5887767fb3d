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
