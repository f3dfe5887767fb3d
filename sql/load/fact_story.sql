-- Stories are the connected copies among story_member. A node is one text of one shape on one day, named by its smallest
-- article; ties lead to the same text or shape up to three days on, and to shapes a few bits away within three days.
-- The smallest name walks along the ties until nothing changes, and is the story's: later copies do not change it.
insert into fact_story by name
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
    select simhash, date, node, part * 65536 + ((simhash >> (16 * part)) & 65535) as block
    from shape
    cross join range(4) as parts(part)
),
one_way as (
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
tie as materialized (
    select a, b from one_way
    union
    select b, a from one_way
),
labelled(node, label) using key (node) as (
    select a as node, a as label from tie
    union
    select tie.b, min(labelled.label)
    from labelled
    join tie on tie.a = labelled.node
    join recurring.labelled as known on known.node = tie.b
    where labelled.label < known.label
    group by tie.b
),
clustered as (
    select member.article_id, member.text_hash, coalesce(labelled.label, node.node, member.article_id) as story_id
    from story_member as member
    left join node
        on node.date = member.date and node.text_hash is not distinct from member.text_hash
        and node.simhash is not distinct from member.simhash
    left join labelled on labelled.node = node.node
)
select
    article_id, story_id,
    case
        when text_hash is not null and count(*) over (partition by story_id, text_hash) > 1 then 'exact'
        when count(*) over (partition by story_id) > 1 then 'near'
        else 'alone'
    end as method
from clustered;
