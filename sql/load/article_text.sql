-- What tells a story, of the articles that changed in it: day of posting (else of first sight), text, SimHash. A text too
-- short is no evidence of copying. `retold` keeps whose story may be another now.
create or replace temp table retold as
with told as materialized (
    select
        article_id, coalesce(posted_date, first_seen_date) as date,
        case when word_count >= 25 then md5_number_lower(content_hash) end as text_hash,
        case when word_count >= 50 then simhash end as simhash
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article)
        and article_id in (select article_id from touched_article)
),
before as materialized (
    select article_id, date, text_hash, simhash
    from article_text
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
        and article_id in (select article_id from touched_article where not is_new)
)
select told.article_id, told.date, told.text_hash, told.simhash, before.article_id is not null as is_known
from told
left join before on before.article_id = told.article_id
where
    before.article_id is null
    or (told.date, told.text_hash, told.simhash) is distinct from (before.date, before.text_hash, before.simhash);
delete from article_text
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from retold where is_known)
    and article_id in (select article_id from retold where is_known);
insert into article_text by name select article_id, date, text_hash, simhash from retold order by article_id;
