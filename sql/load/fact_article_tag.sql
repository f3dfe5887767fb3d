insert into fact_article_tag by name
select
    found.article_id, found.tag_id, found.method, found.position, found.raw_label, parent.tag_id is not null as is_parent
from found_tag as found
left join parent_tag as parent on parent.article_id = found.article_id and parent.tag_id = found.tag_id
where found.is_new or found.article_id in (select article_id from retagged);
