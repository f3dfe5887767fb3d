-- Finds which texts of story_member are copies of each other, within three days: equal texts, texts whose SimHashes
-- differ in at most three bits, and texts whose sketches show copies.
-- needs: article exchanges, stale_article
-- reads: sketch_bands(), sketch_shows_copy(), story_done, story_kin, story_member
-- writes: story_edge, story_node, story_text

-- A node is one text, SimHash and sketch on one day, named by its smallest article_id. Compared by sketch are only
-- members that near.sql found to be copies of a seed or seeds with copies (story_kin), and those that were never seeds.
create or replace temp table story_text as
select
    article_id, date, text_hash, simhash, sketch,
    min(article_id) over (partition by date, text_hash, simhash, sketch) as node,
    (
        article_id in (select article_id from story_kin)
        or article_id not in (select article_id from story_done)
    ) as is_kin
from story_member
where date is not null and (text_hash is not null or simhash is not null);

create or replace temp table story_node as
select
    node, any_value(date) as date, any_value(text_hash) as text_hash, any_value(simhash) as simhash,
    any_value(sketch) as sketch, bool_or(is_kin) as is_kin
from story_text
group by node;

create or replace temp table story_edge as
with shape as materialized (
    select simhash, date, min(node) as node from story_node where simhash is not null group by all
),

block as materialized (
    select simhash, date, node, blocks.part * 65536 + ((simhash >> (16 * blocks.part)) & 65535) as block
    from shape
    cross join range(4) as blocks (part)
),

form as materialized (
    select sketch, date, min(node) as node from story_node where sketch is not null and is_kin group by sketch, date
),

band as materialized (
    select node, date, unnest(sketch_bands(sketch)) as band from form
),

candidate as (
    select distinct one.node as a, other.node as b
    from band as one
    join band as other on one.band = other.band and one.node < other.node
    where abs(one.date - other.date) <= 3
),

edge as (
    select one.node as a, other.node as b
    from story_node as one
    join story_node as other on one.text_hash = other.text_hash and one.node < other.node
    where abs(one.date - other.date) <= 3
    union
    select shape.node as a, story_node.node as b
    from shape
    join story_node using (simhash, date)
    where shape.node <> story_node.node
    union
    select one.node as a, other.node as b
    from block as one
    join block as other on one.block = other.block and one.node < other.node
    where abs(one.date - other.date) <= 3 and bit_count(xor(one.simhash, other.simhash)) <= 3
    union
    select form.node as a, story_node.node as b
    from form
    join story_node using (sketch, date)
    where form.node <> story_node.node
    union
    select candidate.a, candidate.b
    from candidate
    join form as one on one.node = candidate.a
    join form as other on other.node = candidate.b
    where sketch_shows_copy(one.sketch, other.sketch)
)

select a, b from edge;
