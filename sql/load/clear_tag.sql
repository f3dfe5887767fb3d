-- Only known articles whose tags differ from what stands here lose their rows: most edits leave the tags as they were.
create or replace temp table retagged as
with standing as (
    select article_id, sum(hash(tag_id, method, position, raw_label, is_parent)) as tags
    from fact_article_tag
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
        and article_id in (select article_id from current_page where not is_new)
    group by article_id
),
found as (
    select
        found.article_id,
        sum(hash(found.tag_id, found.method, found.position, found.raw_label, parent.tag_id is not null)) as tags
    from found_tag as found
    left join parent_tag as parent on parent.article_id = found.article_id and parent.tag_id = found.tag_id
    where not found.is_new
    group by found.article_id
)
select article_id
from standing
full join found using (article_id)
where standing.tags is distinct from found.tags;
delete from fact_article_tag
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from retagged)
    and article_id in (select article_id from retagged);
