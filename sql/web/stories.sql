-- Returns the stories with several articles, the one with the latest first article first.
-- grain: one story with at least $copies articles, at most $most after the first $skip; `total` is how many there are
-- reads: articles, fact_story
with members as (
    select
        story.story_id, articles.article_id, articles.source, articles.title, articles.posted_at,
        coalesce(articles.posted_date, articles.first_seen_at::date) as date
    from fact_story as story
    join articles on articles.article_id = story.article_id
    where story.method <> 'alone'
),

found as (
    select
        story_id,
        arg_min(title, coalesce(posted_at, timestamptz 'infinity')) as title,
        arg_min(source, posted_at) as first_source,
        min(posted_at) as first_posted_at,
        count(*) as articles,
        count(distinct source) as sources,
        round(epoch(max(posted_at) - min(posted_at)) / 60, 0) as spread_minutes,
        min(date) as date,
        bool_or($source::text is null or source = $source::text) as is_of_source
    from members
    group by story_id
)

select
    story_id, title, articles, sources, first_source, first_posted_at, spread_minutes, count(*) over () as total
from found
where
    is_of_source
    and articles >= $copies::integer
    and sources >= $sources::integer
    and ($since::date is null or date >= $since::date)
    and ($until::date is null or date <= $until::date)
order by first_posted_at desc nulls last, story_id
limit $most::integer offset $skip::integer
