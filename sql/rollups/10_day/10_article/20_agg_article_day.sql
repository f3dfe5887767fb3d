-- Recomputes articles and stories per source, origin and touched day. A story counts once, with its first article, so
-- that sums over sources and days are numbers of stories.
-- needs: article exchanges, stale_article
-- reads: dim_source, fact_article, fact_story, touched_day
-- writes: agg_article_day
delete from agg_article_day
where
    posted_date >= (select coalesce(min(posted_date), 'infinity') from touched_day)
    and (source_id, posted_date) in (select source_id, posted_date from touched_day);

insert into agg_article_day by name
with touched as materialized (
    select article_id, source_id, posted_date, origin_kind
    from fact_article
    where
        posted_date >= (select coalesce(min(posted_date), 'infinity') from touched_day)
        and posted_date <= (select max(posted_date) from touched_day)
        and (source_id, posted_date) in (select source_id, posted_date from touched_day)
),

membership as materialized (
    select article_id, story_id, method
    from fact_story
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched)
        and article_id in (select article_id from touched)
),

-- Only stories of several articles need a search for the first one.
shared as materialized (
    select article_id, story_id
    from fact_story
    where
        story_id >= (select coalesce(min(story_id), 9223372036854775807) from membership where method <> 'alone')
        and story_id in (select story_id from membership where method <> 'alone')
),

copy as materialized (
    select article_id, source_id, posted_date, posted_local, article_key
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from shared)
        and article_id in (select article_id from shared)
),

first_of_story as (
    select
        arg_min(copy.article_id, (copy.posted_date, copy.posted_local, source.name, copy.article_key)) as article_id
    from shared
    join copy on copy.article_id = shared.article_id
    join dim_source as source on source.source_id = copy.source_id
    group by shared.story_id
    union all
    select article_id from membership where method = 'alone'
)

select
    touched.source_id, touched.posted_date, coalesce(touched.origin_kind, 'unknown') as origin_kind,
    count(*)::integer as articles, count(first_of_story.article_id)::integer as stories
from touched
left join first_of_story on first_of_story.article_id = touched.article_id
group by all;
