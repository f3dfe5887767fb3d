-- Articles and stories per topic posted in a range of days, for the named source or over all sources when the name is
-- null. By 'month', whole months come from their rollup and are dated on their first day; the days before the first and
-- after the last whole month are separate rows.
-- grain: one topic x day, or month; leaf_articles leaves out articles on which the topic is a parent, and
-- observed_* those of days on which their source was not observed (not for a named source)
create or replace temp macro topic_counts(since, until, by_period, source_name) as table
    -- One UNION ALL branch per parameter combination; DuckDB prunes branches whose filter is constant-false.
    select tag_id, month_date as date, articles, leaf_articles, stories, observed_leaf_articles, observed_stories
    from agg_topic_month
    where
        source_name is null
        and by_period = 'month'
        and month_date >= date_trunc('month', since + interval 1 month - interval 1 day)::date
        and month_date < date_trunc('month', until + interval 1 day)::date
    union all
    select tag_id, posted_date, articles, leaf_articles, stories, observed_leaf_articles, observed_stories
    from agg_topic_day
    where
        source_name is null
        and posted_date >= since
        and posted_date <= until
        and (
            by_period <> 'month'
            or posted_date < date_trunc('month', since + interval 1 month - interval 1 day)::date
        )
    union all
    select tag_id, posted_date, articles, leaf_articles, stories, observed_leaf_articles, observed_stories
    from agg_topic_day
    where
        source_name is null
        and by_period = 'month'
        and posted_date >= date_trunc('month', since + interval 1 month - interval 1 day)::date
        and posted_date >= date_trunc('month', until + interval 1 day)::date
        and posted_date <= until
    union all
    select
        tag_id, posted_date, articles, leaf_articles, source_stories, leaf_articles as observed_leaf_articles,
        source_stories as observed_stories
    from agg_tag_day
    where
        source_name is not null
        and posted_date between since and until
        and source_id = (select source_id from dim_source where name = source_name);

-- The same by the day on which an article was first seen. A story counts on the day its first article with the topic
-- was seen.
-- grain: one topic x day; tagging_* and observed_* leave out days on which the tags of the source had collapsed
create or replace temp macro topic_counts_first_seen(since, until, source_name) as table
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
            source_name is null or article_tags.source_id = (select source_id from dim_source where name = source_name)
    )

    select
        seen.tag_id, seen.date, count(*) as articles, sum(seen.leaf) as leaf_articles, sum(seen.story) as stories,
        coalesce(sum(seen.leaf) filter (where observed.date is not null and untagged.date is null), 0)
            as observed_leaf_articles,
        coalesce(sum(seen.story) filter (where observed.date is not null and untagged.date is null), 0)
            as observed_stories,
        count(*) filter (where untagged.date is null) as tagging_articles,
        coalesce(sum(seen.leaf) filter (where untagged.date is null), 0) as tagging_leaf_articles,
        coalesce(sum(seen.story) filter (where untagged.date is null), 0) as tagging_stories
    from seen
    left join agg_untagged_day as untagged on untagged.source_id = seen.source_id and untagged.date = seen.date
    left join fact_source_day as observed
        on observed.source_id = seen.source_id and observed.date = seen.date and observed.observed
    where seen.date between since and until
    group by seen.tag_id, seen.date;

-- Articles and stories per topic by other ways than the publisher's tags: 'story', 'rules' or, with the tags, 'all'. An
-- article counts once, whatever the ways; a story counts on the day of its first article with the topic in the range.
-- grain: one topic x day, with the columns of topic_counts_first_seen
create or replace temp macro found_topic_counts(since, until, tags, clock, source_name) as table
    with found as (
        select
            topics.article_id, topics.tag_id, topics.source_id,
            if(clock = 'posted', topics.posted_date, topics.first_seen_date) as date,
            bool_and(topics.is_parent) as is_parent
        from article_topics as topics
        where
            tags in ('all', topics.method)
            and if(clock = 'posted', topics.posted_date, topics.first_seen_date) between since and until
            and (source_name is null or topics.source = source_name)
        group by all
    ),

    counted as (
        select
            found.*, (not found.is_parent)::integer as leaf,
            (
                row_number() over (
                    partition by found.tag_id, coalesce(fact_story.story_id, -found.article_id)
                    order by found.date, article.posted_local, source.name, article.article_key
                ) = 1
            )::integer as story
        from found
        join fact_article as article on article.article_id = found.article_id
        join dim_source as source on source.source_id = found.source_id
        left join fact_story on fact_story.article_id = found.article_id
    )

    select
        counted.tag_id, counted.date, count(*) as articles, sum(counted.leaf) as leaf_articles,
        sum(counted.story) as stories,
        coalesce(sum(counted.leaf) filter (where observed.date is not null and untagged.date is null), 0)
            as observed_leaf_articles,
        coalesce(sum(counted.story) filter (where observed.date is not null and untagged.date is null), 0)
            as observed_stories,
        count(*) filter (where untagged.date is null) as tagging_articles,
        coalesce(sum(counted.leaf) filter (where untagged.date is null), 0) as tagging_leaf_articles,
        coalesce(sum(counted.story) filter (where untagged.date is null), 0) as tagging_stories
    from counted
    left join agg_untagged_day as untagged on untagged.source_id = counted.source_id and untagged.date = counted.date
    left join fact_source_day as observed
        on observed.source_id = counted.source_id and observed.date = counted.date and observed.observed
    group by counted.tag_id, counted.date;

-- topic_counts by the clock 'posted' or 'first_seen', and by the publishers' tags ('publisher') or other ways.
-- grain: one topic x day, or month
create or replace temp macro topic_counts_by_clock(since, until, by_period, clock, source_name, tags) as table
    from topic_counts(since, until, by_period, source_name)
    where clock = 'posted' and tags = 'publisher'
    union all
    select tag_id, date, articles, leaf_articles, stories, observed_leaf_articles, observed_stories
    from found_topic_counts(since, until, tags, clock, source_name)
    where tags <> 'publisher'
    union all
    select tag_id, date, articles, leaf_articles, stories, observed_leaf_articles, observed_stories
    from topic_counts_first_seen(since, until, source_name)
    where clock = 'first_seen' and tags = 'publisher';

-- Articles and stories per topic posted on days of a range on which the tags of their source had collapsed, for the
-- named source or over all sources when the name is null.
-- grain: one topic x day
create or replace temp macro collapsed_topic_counts(since, until, source_name) as table
    select
        tagged.tag_id, tagged.posted_date as date, sum(tagged.articles)::integer as articles,
        sum(tagged.leaf_articles)::integer as leaf_articles,
        sum(if(source_name is null, tagged.stories, tagged.source_stories))::integer as stories
    from agg_tag_day as tagged
    join agg_untagged_day as untagged
        on untagged.source_id = tagged.source_id and untagged.date = tagged.posted_date
    where
        untagged.date between since and until
        and tagged.posted_date between since and until
        and (source_name is null or tagged.source_id = (select source_id from dim_source where name = source_name))
    group by tagged.tag_id, tagged.posted_date;

-- topic_counts_by_clock by day, without days on which the tags of a source had collapsed: what rates of compared_days
-- and shares of topic_days divide.
-- grain: one topic x day
create or replace temp macro tagging_topic_counts(since, until, clock, source_name, tags) as table
    select
        counted.tag_id, counted.date,
        counted.articles - coalesce(collapsed.articles, 0) as articles,
        counted.leaf_articles - coalesce(collapsed.leaf_articles, 0) as leaf_articles,
        counted.stories - coalesce(collapsed.stories, 0) as stories,
        counted.observed_leaf_articles
        - if(source_name is null, 0, coalesce(collapsed.leaf_articles, 0)) as observed_leaf_articles,
        counted.observed_stories - if(source_name is null, 0, coalesce(collapsed.stories, 0)) as observed_stories
    from topic_counts(since, until, 'day', source_name) as counted
    left join collapsed_topic_counts(since, until, source_name) as collapsed
        on collapsed.tag_id = counted.tag_id and collapsed.date = counted.date
    where clock = 'posted' and tags = 'publisher'
    union all
    select
        tag_id, date, tagging_articles, tagging_leaf_articles, tagging_stories, observed_leaf_articles, observed_stories
    from topic_counts_first_seen(since, until, source_name)
    where clock = 'first_seen' and tags = 'publisher'
    union all
    select
        tag_id, date, tagging_articles, tagging_leaf_articles, tagging_stories, observed_leaf_articles, observed_stories
    from found_topic_counts(since, until, tags, clock, source_name)
    where tags <> 'publisher';
