-- Stories are the connected copies among story_member: a text of one day is tied to the same text up to three days on,
-- and to texts a few bits away within three days. The smallest label walks along the ties until nothing changes.
insert into fact_story by name
with recursive texts as (
    select distinct content_hash, date from story_member where content_hash is not null and date is not null
),
shapes as (
    select distinct simhash, date from story_member where simhash is not null and date is not null
),
blocks as (
    select simhash, date, part, (simhash >> (16 * part)) & 65535 as block
    from shapes
    cross join range(4) as parts(part)
),
one_way as (
    select content_hash || date as a, content_hash || lag(date) over texts_in_order as b
    from texts
    window texts_in_order as (partition by content_hash order by date)
    qualify date - lag(date) over texts_in_order <= 3
    union
    select content_hash || date as a, simhash::text || date as b
    from story_member
    where content_hash is not null and simhash is not null and date is not null
    union
    select one.simhash::text || one.date as a, other.simhash::text || other.date as b
    from blocks as one
    join blocks as other
        on one.part = other.part and one.block = other.block and abs(one.date - other.date) <= 3
        and (one.simhash, one.date) < (other.simhash, other.date)
        and bit_count(xor(one.simhash, other.simhash)) <= 3
),
tie as (
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
    select
        member.article_id, member.content_hash,
        coalesce(labelled.label, member.content_hash || member.date, member.article_id::text) as cluster
    from story_member as member
    left join labelled on labelled.node = member.content_hash || member.date
)
select
    article_id,
    min(article_id) over (partition by cluster) as story_id,
    case
        when content_hash is not null and count(*) over (partition by cluster, content_hash) > 1 then 'exact'
        when count(*) over (partition by cluster) > 1 then 'near'
        else 'alone'
    end as method
from clustered;
