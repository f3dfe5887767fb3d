-- Tags by day of posting, renamed ones under the name they mean on that day, so that an article tagged with the old
-- and the new name counts once. A story counts once, with the first of its articles that bears the tag.
insert into agg_tag_day by name
with touched as materialized (
    select article_id, source_id, posted_date, posted_local, article_key, origin_kind
    from fact_article
    where
        posted_date >= (select min(posted_date) from touched_day)
        and posted_date <= (select max(posted_date) from touched_day)
        and (source_id, posted_date) in (select source_id, posted_date from touched_day)
),
copied as materialized (
    select distinct story_id
    from fact_story
    where
        method <> 'alone' and article_id >= (select min(article_id) from touched)
        and article_id in (select article_id from touched)
),
copy as materialized (
    select
        story.story_id, article.article_id, article.source_id, article.posted_date,
        (article.posted_date, article.posted_local, source.name, article.article_key) as place_in_time
    from fact_story as story
    join fact_article as article on article.article_id = story.article_id
    join dim_source as source on source.source_id = article.source_id
    where
        story.story_id >= (select min(story_id) from copied) and article.article_id >= (select min(story_id) from copied)
        and story.story_id in (select story_id from copied)
),
standing as materialized (
    select article_id, source_id, posted_date from touched
    union
    select article_id, source_id, posted_date from copy
),
tagged as materialized (
    select
        standing.article_id, coalesce(meaning.means_tag_id, link.tag_id) as tag_id, bool_and(link.is_parent) as is_parent
    from standing
    join fact_article_tag as link on link.article_id = standing.article_id
    left join alias_span as meaning on
        meaning.tag_id = link.tag_id
        and standing.posted_date >= meaning.since_date and standing.posted_date < meaning.before_date
    where link.article_id >= (select min(article_id) from standing)
    group by all
),
first_copy as materialized (
    select
        copy.article_id, tagged.tag_id,
        row_number() over (partition by copy.story_id, tagged.tag_id order by copy.place_in_time) = 1 as is_first,
        row_number() over (partition by copy.story_id, tagged.tag_id, copy.source_id order by copy.place_in_time) = 1
            as is_first_here
    from copy
    join tagged on tagged.article_id = copy.article_id
)
select
    touched.source_id, tagged.tag_id, touched.posted_date, count(*)::integer as articles,
    count(*) filter (not tagged.is_parent)::integer as leaf_articles,
    count(*) filter (not tagged.is_parent and touched.origin_kind = 'own')::integer as local_articles,
    count(*) filter (coalesce(first_copy.is_first, true))::integer as stories,
    count(*) filter (coalesce(first_copy.is_first_here, true))::integer as source_stories
from touched
join tagged on tagged.article_id = touched.article_id
left join first_copy on first_copy.article_id = tagged.article_id and first_copy.tag_id = tagged.tag_id
group by all;
