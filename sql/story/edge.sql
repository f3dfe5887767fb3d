-- Finds which texts of story_member are copies of each other: equal texts within three days, and texts whose SimHashes
-- differ in at most three bits within three days.
-- needs: article exchanges, stale_article
-- reads: story_member
-- writes: story_edge, story_node

-- A node is one text and SimHash on one day, named by its smallest article_id.
create or replace temp table story_node as
select text_hash, simhash, date, min(article_id) as node
from story_member
where date is not null and (text_hash is not null or simhash is not null)
group by all;

create or replace temp table story_edge as
with shape as materialized (
    select simhash, date, min(node) as node from story_node where simhash is not null group by all
),

block as materialized (
    select simhash, date, node, blocks.part * 65536 + ((simhash >> (16 * blocks.part)) & 65535) as block
    from shape
    cross join range(4) as blocks (part)
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
)

select a, b from edge;
