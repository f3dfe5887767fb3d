-- Only articles whose tags differ from what stands here lose their rows: most edits leave the tags as they were.
create or replace temp table retagged as
with changed as (
    select article_id
    from (
        (select article_id, tag_id, method, position, raw_label from found_tag)
        except
        (
            select article_id, tag_id, method, position, raw_label
            from fact_article_tag
            where article_id in (select article_id from current_page)
        )
    )
    union
    select article_id
    from (
        (
            select article_id, tag_id, method
            from fact_article_tag
            where article_id in (select article_id from current_page)
        )
        except
        (select article_id, tag_id, method from found_tag)
    )
)
select article_id from changed;
delete from fact_article_tag where article_id in (select article_id from retagged);
