-- Writes the tags of new articles and replaces those of known articles whose tags changed. Most edits leave the tags as
-- they were, so unchanged ones are not rewritten.
-- needs: stage_article
-- reads: current_page, fact_article_tag, found_tag, parent_tag
-- writes: fact_article_tag, retagged
create or replace temp table retagged as
with stored as (
    select article_id, sum(hash(tag_id, method, position, raw_label, is_parent)) as tags
    from fact_article_tag
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
        and article_id in (select article_id from current_page where not is_new)
    group by article_id
),

found as (
    select
        found_tag.article_id,
        sum(
            hash(found_tag.tag_id, found_tag.method, found_tag.position, found_tag.raw_label, parent.tag_id is not null)
        ) as tags
    from found_tag
    left join parent_tag as parent on parent.article_id = found_tag.article_id and parent.tag_id = found_tag.tag_id
    where not found_tag.is_new
    group by found_tag.article_id
)

select article_id
from stored
full join found using (article_id)
where stored.tags is distinct from found.tags;

delete from fact_article_tag
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from retagged)
    and article_id in (select article_id from retagged);

insert into fact_article_tag by name
select
    found.article_id, found.tag_id, found.method, found.position, found.raw_label,
    parent.tag_id is not null as is_parent
from found_tag as found
left join parent_tag as parent on parent.article_id = found.article_id and parent.tag_id = found.tag_id
where found.is_new or found.article_id in (select article_id from retagged);
