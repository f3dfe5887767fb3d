-- The articles whose story this batch may change: those it touched, the copies of them within three days, and all
-- that stood in one story with either. A copy has the same cleaned text, or a SimHash at most three bits away; of four
-- 16-bit blocks one is then equal (Manku, Jain, Das Sarma, WWW 2007). Too short a text is no evidence of copying.
create or replace temp table story_member as
with dated as (
    select
        article_id, coalesce(posted_date, first_seen_date) as date,
        case when word_count >= 25 then content_hash end as content_hash,
        case when word_count >= 50 then simhash end as simhash
    from fact_article
),
touched as (
    select * from dated where article_id in (select article_id from touched_article)
),
near_by as (
    select *
    from dated
    where
        date between (select min(date) - 3 from touched) and (select max(date) + 3 from touched)
        and (content_hash is not null or simhash is not null)
),
exact as (
    select distinct other.content_hash, other.date
    from (select distinct content_hash, date from near_by) as other
    join (select distinct content_hash, date from touched) as mine
        on mine.content_hash = other.content_hash and abs(mine.date - other.date) <= 3
),
blocks as (
    select simhash, date, part, (simhash >> (16 * part)) & 65535 as block
    from (select distinct simhash, date from near_by where simhash is not null)
    cross join range(4) as parts(part)
),
near as (
    select distinct other.simhash, other.date
    from blocks as other
    join blocks as mine
        on mine.part = other.part and mine.block = other.block and abs(mine.date - other.date) <= 3
        and bit_count(xor(mine.simhash, other.simhash)) <= 3
    where (mine.simhash, mine.date) in (select simhash, date from touched)
),
copies as (
    select article_id from touched
    union
    select near_by.article_id from near_by join exact using (content_hash, date)
    union
    select near_by.article_id from near_by join near using (simhash, date)
)
select article_id, date, content_hash, simhash from dated where article_id in (select article_id from copies)
union
select article_id, date, content_hash, simhash
from dated
where article_id in (
    select article_id
    from fact_story
    where story_id in (select story_id from fact_story where article_id in (select article_id from copies))
);
