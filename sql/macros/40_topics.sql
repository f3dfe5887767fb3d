-- Articles and stories per topic posted in a range of days, for the named source or over all sources when the name is
-- null. By 'month', whole months come from their rollup and are dated on their first day; the days before the first and
-- after the last whole month are separate rows.
-- grain: one topic x day, or month; leaf_articles leaves out articles on which the topic is a parent, observed_* the
-- days on which the article's source was not observed
create or replace temp macro topic_counts(days, by_period, source_name) as table
    with parts as not materialized (
        select
            since_date as from_date, until_date as to_date,
            case
                when by_period = 'month' then date_trunc('month', from_date + interval 1 month - interval 1 day)::date
                else to_date + 1
            end as first_month,
            date_trunc('month', to_date + interval 1 day)::date as next_month
        from range_of(days)
    )

    -- One UNION ALL branch per parameter combination; DuckDB prunes branches whose filter is constant-false.
    select
        month.tag_id, month.month_date as date, month.articles, month.leaf_articles, month.stories,
        month.observed_articles, month.observed_leaf_articles, month.observed_stories
    from agg_topic_month as month
    join parts on month.month_date >= parts.first_month and month.month_date < parts.next_month
    where source_name is null and by_period = 'month'
    union all
    select
        early.tag_id, early.posted_date, early.articles, early.leaf_articles, early.stories,
        early.observed_articles, early.observed_leaf_articles, early.observed_stories
    from agg_topic_day as early
    join parts
        on early.posted_date >= parts.from_date and early.posted_date <= least(parts.to_date, parts.first_month - 1)
    where source_name is null
    union all
    select
        late.tag_id, late.posted_date, late.articles, late.leaf_articles, late.stories,
        late.observed_articles, late.observed_leaf_articles, late.observed_stories
    from agg_topic_day as late
    join parts
        on late.posted_date >= greatest(parts.first_month, parts.next_month) and late.posted_date <= parts.to_date
    where source_name is null and by_period = 'month'
    union all
    select
        own.tag_id, own.posted_date, own.articles, own.leaf_articles, own.source_stories,
        if(observed.date is null, 0, own.articles),
        if(observed.date is null, 0, own.leaf_articles),
        if(observed.date is null, 0, own.source_stories)
    from agg_tag_day as own
    join parts on own.posted_date between parts.from_date and parts.to_date
    left join observed_days(source_name) as observed on observed.date = own.posted_date
    where source_name is not null and own.source_id in (select source_id from dim_source where name = source_name);

-- The same by the day on which an article was first seen. A story counts on the day its first article with the topic
-- was seen.
-- grain: one topic x day
create or replace temp macro topic_counts_first_seen(days, source_name) as table
    with seen as (
        select
            article_tags.tag_id, article_tags.source_id, article_tags.first_seen_date as date,
            (not article_tags.is_parent)::integer as leaf,
            (
                row_number() over (
                    partition by article_tags.tag_id, coalesce(fact_story.story_id, -article_tags.article_id)
                    order by article_tags.first_seen_date, article_tags.article_id
                ) = 1
            )::integer as story
        from article_tags
        left join fact_story on fact_story.article_id = article_tags.article_id
        where
            source_name is null or article_tags.source_id in (select source_id from dim_source where name = source_name)
    )

    select
        seen.tag_id, seen.date, count(*) as articles, sum(seen.leaf) as leaf_articles, sum(seen.story) as stories,
        count(observed.date) as observed_articles,
        sum(seen.leaf) filter (where observed.date is not null) as observed_leaf_articles,
        sum(seen.story) filter (where observed.date is not null) as observed_stories
    from seen
    join range_of(days) as range on seen.date between range.since_date and range.until_date
    left join fact_source_day as observed
        on observed.source_id = seen.source_id and observed.date = seen.date and observed.observed
    group by seen.tag_id, seen.date;

-- topic_counts by the clock 'posted' or 'first_seen'.
-- grain: one topic x day, or month
create or replace temp macro topic_counts_by_clock(days, by_period, clock, source_name) as table
    from topic_counts(days, by_period, source_name)
    where clock = 'posted'
    union all
    from topic_counts_first_seen(days, source_name)
    where clock = 'first_seen';
