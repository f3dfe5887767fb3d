-- Recomputes tags per source and touched day, renamed tags under the name they have on that day. An article tagged with
-- the old and the new name counts once; a story counts once, with its first article that has the tag.
-- needs: article exchanges, stale_article
-- reads: alias_span, dim_source, fact_article, fact_article_tag, fact_story, touched_day
-- writes: agg_tag_day, touched_copy, variable first_copy
delete from agg_tag_day
where
    posted_date >= (select coalesce(min(posted_date), 'infinity') from touched_day)
    and (source_id, posted_date) in (select source_id, posted_date from touched_day);

-- The articles of the touched days, and copies of them on other days, which decide which article is the first.
create or replace temp table touched_copy as
with touched as materialized (
    select article_id, source_id, posted_date, posted_local, article_key, origin_kind
    from fact_article
    where
        posted_date >= (select coalesce(min(posted_date), 'infinity') from touched_day)
        and posted_date <= (select max(posted_date) from touched_day)
        and (source_id, posted_date) in (select source_id, posted_date from touched_day)
),

copied as materialized (
    select distinct story_id
    from fact_story
    where
        method <> 'alone' and article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched)
        and article_id in (select article_id from touched)
),

member as materialized (
    select article_id, story_id
    from fact_story
    where
        story_id >= (select coalesce(min(story_id), 9223372036854775807) from copied)
        and story_id in (select story_id from copied)
)

select
    article_id, source_id, posted_date, posted_local, article_key, origin_kind, member.story_id, true as is_touched
from touched
left join member using (article_id)
union all
select
    article.article_id, article.source_id, article.posted_date, article.posted_local, article.article_key,
    article.origin_kind, member.story_id, false
from fact_article as article
join member using (article_id)
anti join touched using (article_id)
where article.article_id >= (select coalesce(min(article_id), 9223372036854775807) from member);

-- A variable is a constant to the optimizer, so that only row groups from this article on are read.
set variable first_copy = (select coalesce(min(article_id), 9223372036854775807) from touched_copy);

insert into agg_tag_day by name
with tagged as materialized (
    select copy.article_id, coalesce(meaning.means_tag_id, link.tag_id) as tag_id, bool_and(link.is_parent) as is_parent
    from fact_article_tag as link
    join touched_copy as copy on copy.article_id = link.article_id
    left join alias_span as meaning
        on
            meaning.tag_id = link.tag_id
            and copy.posted_date >= meaning.since_date and copy.posted_date < meaning.before_date
    where link.article_id >= getvariable('first_copy')
    group by all
),

copy as materialized (
    select
        copy.article_id, copy.story_id, copy.source_id,
        row_number() over (order by copy.posted_date, copy.posted_local, source.name, copy.article_key) as place_in_time
    from touched_copy as copy
    join dim_source as source on source.source_id = copy.source_id
    where copy.story_id is not null
),

first_copy as materialized (
    select
        copy.article_id, tagged.tag_id,
        copy.place_in_time = min(copy.place_in_time) over (partition by copy.story_id, tagged.tag_id) as is_first,
        copy.place_in_time = min(copy.place_in_time) over (partition by copy.story_id, tagged.tag_id, copy.source_id)
            as is_first_at_source
    from copy
    join tagged on tagged.article_id = copy.article_id
)

select
    touched.source_id, tagged.tag_id, touched.posted_date, count(*)::integer as articles,
    count(*) filter (not tagged.is_parent)::integer as leaf_articles,
    count(*) filter (not tagged.is_parent and touched.origin_kind = 'own')::integer as local_articles,
    count(*) filter (coalesce(first_copy.is_first, true))::integer as stories,
    count(*) filter (coalesce(first_copy.is_first_at_source, true))::integer as source_stories
from touched_copy as touched
join tagged on tagged.article_id = touched.article_id
left join first_copy on first_copy.article_id = tagged.article_id and first_copy.tag_id = tagged.tag_id
where touched.is_touched
group by all;
