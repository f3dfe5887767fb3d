-- Replaces the places mentioned by the articles whose current page is in this load.
-- needs: stage_article
-- reads: current_page, new_fetch, source_place, stage_place
-- writes: fact_article_place
delete from fact_article_place
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
    and article_id in (select article_id from current_page where not is_new);

insert into fact_article_place by name
select distinct page.article_id, staged.name, staged.method, town.place_id
from stage_place as staged
join current_page as page on page.fetch_no = staged.fetch_no
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join source_place as town on town.source_id = new_fetch.source_id and town.folded = staged.folded;
