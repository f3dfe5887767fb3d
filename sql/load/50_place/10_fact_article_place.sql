-- Replaces the places mentioned by the articles whose current page is in this load. A dateline with a city that needs
-- no state means no other town of that name, unless the article is the source's own.
-- needs: stage_article
-- reads: current_page, dateline_city, dim_place, new_fetch, source_place, stage_article, stage_place
-- writes: fact_article_place
delete from fact_article_place
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
    and article_id in (select article_id from current_page where not is_new);

insert into fact_article_place by name
with named as (
    select
        page.article_id, staged.name, staged.folded, staged.method, new_fetch.source_id,
        staged.method = 'dateline' and article.origin_kind <> 'own' as may_be_far
    from stage_place as staged
    join current_page as page on page.fetch_no = staged.fetch_no
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    join stage_article as article on article.fetch_no = staged.fetch_no
)

select distinct
    named.article_id, named.name, named.method,
    case
        when city.folded is null or not named.may_be_far or place.state = city.state then town.place_id
    end as place_id
from named
left join source_place as town on town.source_id = named.source_id and town.folded = named.folded
left join dim_place as place on place.place_id = town.place_id
left join dateline_city as city on city.folded = named.folded;
