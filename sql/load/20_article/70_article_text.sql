-- Updates what story clustering compares: the article's day (posted, else first seen), text hash, SimHash and sketch.
-- Texts too short to prove copying get none; changed_text keeps the articles whose story may change.
-- needs: article exchanges, stale_article
-- reads: article_text, current_page, fact_article, stage_article, stale_article, touched_article
-- writes: article_text, changed_text
create or replace temp table changed_text as
with sketched as materialized (
    select page.article_id, staged.sketch
    from stage_article as staged
    join current_page as page on page.fetch_no = staged.fetch_no
),

fresh as materialized (
    select
        article_id, coalesce(posted_date, first_seen_date) as date,
        case when word_count >= 25 then md5_number_lower(content_hash) end as text_hash,
        case when word_count >= 50 then simhash end as simhash, word_count >= 100 as is_long
    from fact_article
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article)
        and article_id in (select article_id from touched_article)
),

previous as materialized (
    select article_id, date, text_hash, simhash, sketch
    from article_text
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
        and article_id in (select article_id from touched_article where not is_new)
)

-- An article whose content is not of this load keeps its sketch.
select
    fresh.article_id, fresh.date, fresh.text_hash, fresh.simhash, previous.article_id is not null as is_known,
    case
        when sketched.article_id is null then previous.sketch
        when fresh.is_long then sketched.sketch
    end as sketch
from fresh
left join sketched on sketched.article_id = fresh.article_id
left join previous on previous.article_id = fresh.article_id
where
    previous.article_id is null
    or fresh.article_id in (select article_id from stale_article)
    or (fresh.date, fresh.text_hash, fresh.simhash)
    is distinct from (previous.date, previous.text_hash, previous.simhash)
    or (sketched.sketch is distinct from previous.sketch and fresh.is_long and sketched.article_id is not null);

delete from article_text
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from changed_text where is_known)
    and article_id in (select article_id from changed_text where is_known);

insert into article_text by name
select article_id, date, text_hash, simhash, sketch from changed_text order by article_id;
