-- Finds rows whose key has no row in the table it refers to. Rows that belong to an article are compared for articles
-- read since the last clean run.
-- level: fail
-- reads: article_reading, dim_organisation, dim_place, dim_source, dim_tag, fact_article, fact_article_place,
--     fact_article_tag, fact_closing, fact_story, first_unchecked_fetch()
with fresh as (
    select distinct article_id from article_reading where fetch_id >= first_unchecked_fetch('orphan_key')
)

select 'article_reading' as found_in, article_id as key, 'fact_article' as missing_in
from fresh
where article_id not in (select article_id from fact_article)
union all
select 'fact_article_tag', tag_id, 'dim_tag'
from fact_article_tag
where article_id in (select article_id from fresh) and tag_id not in (select tag_id from dim_tag)
union all
select 'fact_article_place', place_id, 'dim_place'
from fact_article_place
where place_id is not null and place_id not in (select place_id from dim_place)
union all
select 'fact_article', source_id, 'dim_source'
from fact_article
where source_id not in (select source_id from dim_source)
union all
select 'fresh article', article_id, 'fact_story'
from fresh
where article_id not in (select article_id from fact_story)
union all
select 'fact_story', story_id, 'fact_article'
from fact_story
where article_id in (select article_id from fresh) and story_id not in (select article_id from fact_article)
union all
select 'fact_closing', organisation_id, 'dim_organisation'
from fact_closing
where organisation_id not in (select organisation_id from dim_organisation);
