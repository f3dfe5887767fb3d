-- Recomputes the stories of story_member: connected components of the copy relation, by label propagation. A story is
-- named by its smallest article_id.
-- reads: story_member
-- writes: fact_story
delete from fact_story
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from story_member)
    and article_id in (select article_id from story_member);

insert into fact_story by name
-- A node is one text and SimHash on one day, named by its smallest article_id.
with recursive node as materialized (
    select text_hash, simhash, date, min(article_id) as node
    from story_member
    where date is not null and (text_hash is not null or simhash is not null)
    group by all
),

shape as materialized (
    select simhash, date, min(node) as node from node where simhash is not null group by all
),

block as materialized (
    select simhash, date, node, blocks.part * 65536 + ((simhash >> (16 * blocks.part)) & 65535) as block
    from shape
    cross join range(4) as blocks (part)
),

-- Edges: to the next node of the same text, or of the same SimHash, up to three days later; and to SimHashes at most
-- three bits away within three days.
edge_one_way as (
    select node as a, lag(node) over same_text as b
    from node
    where text_hash is not null
    window same_text as (partition by text_hash order by date, node)
    qualify date - lag(date) over same_text <= 3
    union
    select node as a, lag(node) over same_shape as b
    from node
    where simhash is not null
    window same_shape as (partition by simhash order by date, node)
    qualify date - lag(date) over same_shape <= 3
    union
    select one.node as a, other.node as b
    from block as one
    join block as other
        on one.block = other.block and one.simhash < other.simhash
    where abs(one.date - other.date) <= 3 and bit_count(xor(one.simhash, other.simhash)) <= 3
),

edge as materialized (
    select a, b from edge_one_way
    union
    select b, a from edge_one_way
),

-- The smallest label spreads along the edges until no label changes.
labeled (node, label) using key (node) as (
    select a as node, a as label from edge
    union
    select edge.b, min(labeled.label)
    from labeled
    join edge on edge.a = labeled.node
    join recurring.labeled as known on known.node = edge.b
    where labeled.label < known.label
    group by edge.b
),

clustered as (
    select member.article_id, member.text_hash, coalesce(labeled.label, node.node, member.article_id) as story_id
    from story_member as member
    left join node
        on
            node.date = member.date
            and node.text_hash is not distinct from member.text_hash
            and node.simhash is not distinct from member.simhash
    left join labeled on labeled.node = node.node
)

select
    article_id, story_id,
    case
        when text_hash is not null and count(*) over (partition by story_id, text_hash) > 1 then 'exact'
        when count(*) over (partition by story_id) > 1 then 'near'
        else 'alone'
    end as method
from clustered;
