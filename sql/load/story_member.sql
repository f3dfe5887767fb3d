-- The articles whose story this batch may change: those it retold, the copies of them within three days, and all that
-- stood in one story with either. A copy has the same cleaned text, or a SimHash at most three bits away; of four
-- 16-bit blocks one is then equal (Manku, Jain, Das Sarma, WWW 2007). Only the days near a retold article are read.
create or replace temp table story_member as
with near_day as materialized (
    select distinct retold.date + away::integer as date from retold cross join range(-3, 4) as days(away)
),
near_by as materialized (
    select article_id, date, text_hash, simhash
    from article_text
    where
        date >= (select coalesce(min(date), 'infinity') from near_day) and date <= (select max(date) from near_day)
        and date in (select date from near_day)
        and (text_hash is not null or simhash is not null)
),
exact as (
    select distinct other.text_hash, other.date
    from (select distinct text_hash, date from near_by) as other
    join (select distinct text_hash, date from retold) as mine
        on mine.text_hash = other.text_hash and abs(mine.date - other.date) <= 3
),
mine as (
    select simhash, date, part * 65536 + ((simhash >> (16 * part)) & 65535) as block
    from (select distinct simhash, date from retold where simhash is not null)
    cross join range(4) as parts(part)
),
others as (
    select simhash, date, part * 65536 + ((simhash >> (16 * part)) & 65535) as block
    from (select distinct simhash, date from near_by where simhash is not null)
    cross join range(4) as parts(part)
),
near as (
    select distinct others.simhash, others.date
    from others
    join mine
        on mine.block = others.block and bit_count(xor(mine.simhash, others.simhash)) <= 3
        and abs(mine.date - others.date) <= 3
),
copies as materialized (
    select article_id from retold
    union
    select near_by.article_id from near_by join exact using (text_hash, date)
    union
    select near_by.article_id from near_by join near using (simhash, date)
),
told as materialized (
    select distinct story_id
    from fact_story
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from copies)
        and article_id in (select article_id from copies)
),
member as materialized (
    select article_id
    from fact_story
    where
        story_id >= (select coalesce(min(story_id), 9223372036854775807) from told)
        and story_id in (select story_id from told)
    union
    select article_id from copies
)
select article_id, date, text_hash, simhash
from article_text
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from member)
    and article_id in (select article_id from member);
