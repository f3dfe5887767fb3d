delete from fact_banner where source_id in (
    select distinct source_id from page_look where fetch_id in (select fetch_id from new_fetch)
);
