-- A bar's spell ends with the first page that could have shown it and did not.
insert into fact_banner by name
with looks as (
    select *, row_number() over (partition by source_id order by captured_at nulls first, fetch_id) as look
    from page_look
    where source_id in (select source_id from page_look where fetch_id in (select fetch_id from new_fetch))
),
islands as (
    select
        looks.*, banner.kind, banner.text,
        looks.look - row_number() over (partition by looks.source_id, banner.kind, banner.text order by looks.look) as island
    from banner_sighting as banner
    join looks on looks.fetch_id = banner.fetch_id
)
select
    source_id, kind, text, min(captured_at) as from_at, max(captured_at) as until_at, count(*) as page_count
from islands
group by source_id, kind, text, island;
