insert into fact_article_place by name
select distinct page.article_id, staged.name, staged.method, alias.place_id
from current_page as page
join stage_place as staged on staged.fetch_no = page.fetch_no
left join (
    select folded, min(place_id) as place_id from place_alias group by folded having count(*) = 1
) as alias on alias.folded = staged.folded;
