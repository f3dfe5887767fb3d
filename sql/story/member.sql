-- Adds to story_member the seeds, their copies within three days, and every article of a story that one of these
-- belongs to.
-- needs: article exchanges, stale_article
-- reads: article_text, fact_story, story_kin, story_member, story_near, story_seed
-- writes: story_member
insert into story_member by name
with seed_hash as (
    select distinct text_hash, date from story_near where is_seed
),

near_hash as (
    select distinct text_hash, date from story_near
),

exact as (
    select distinct near_hash.text_hash, near_hash.date
    from near_hash
    join seed_hash on seed_hash.text_hash = near_hash.text_hash and abs(seed_hash.date - near_hash.date) <= 3
),

-- A near copy has a SimHash at most three bits away, so at least one of the four 16-bit blocks is equal (Manku, Jain,
-- Das Sarma, WWW 2007).
seed_simhash as (
    select distinct simhash, date from story_near where is_seed and simhash is not null
),

seed_block as (
    select simhash, date, blocks.part * 65536 + ((simhash >> (16 * blocks.part)) & 65535) as block
    from seed_simhash
    cross join range(4) as blocks (part)
),

near_simhash as (
    select distinct simhash, date from story_near where simhash is not null
),

near_block as (
    select simhash, date, blocks.part * 65536 + ((simhash >> (16 * blocks.part)) & 65535) as block
    from near_simhash
    cross join range(4) as blocks (part)
),

near as (
    select distinct near_block.simhash, near_block.date
    from near_block
    join seed_block
        on
            seed_block.block = near_block.block
            and bit_count(xor(seed_block.simhash, near_block.simhash)) <= 3
            and abs(seed_block.date - near_block.date) <= 3
),

copies as materialized (
    select article_id from story_seed
    union
    select story_near.article_id from story_near join exact using (text_hash, date)
    union
    select story_near.article_id from story_near join near using (simhash, date)
    union
    select article_id from story_kin
),

story as materialized (
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
        story_id >= (select coalesce(min(story_id), 9223372036854775807) from story)
        and story_id in (select story_id from story)
    union
    select article_id from copies
)

select article_id, date, text_hash, simhash, sketch
from article_text
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from member)
    and article_id in (select article_id from member)
    and article_id not in (select article_id from story_member);
