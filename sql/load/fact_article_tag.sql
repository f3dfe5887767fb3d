insert into fact_article_tag by name
select article_id, tag_id, method, position, raw_label, is_parent
from found_tag
where is_new or article_id in (select article_id from retagged);
