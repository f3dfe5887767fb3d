-- Only known articles whose tags differ from what stands here lose their rows: most edits leave the tags as they were.
create or replace temp table retagged as
with standing as materialized (
    select article_id, tag_id, method, position, raw_label, is_parent
    from fact_article_tag
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
        and article_id in (select article_id from current_page where not is_new)
),
found as materialized (
    select found.article_id, found.tag_id, found.method, found.position, found.raw_label, parent.tag_id is not null as is_parent
    from found_tag as found
    left join parent_tag as parent on parent.article_id = found.article_id and parent.tag_id = found.tag_id
    where not found.is_new
)
select article_id from (from found except from standing)
union
select article_id from (from standing except from found);
delete from fact_article_tag
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from retagged)
    and article_id in (select article_id from retagged);
