-- What there is to say about a topic or source that was asked for by name: a topic that no article bears with its nearest
-- labels, a label that counts as another, a source that is not there.
-- grain: one thing to say; what is topic | alias | source, the rest as text
with unknown as (
    select $topic::text as word where $topic::text not in (select folded from dim_tag)
),

nearest as (
    select dim_tag.label
    from unknown
    join dim_tag
        on
            jaro_winkler_similarity(dim_tag.folded, unknown.word) >= 0.8
            or contains(dim_tag.folded, unknown.word)
    order by jaro_winkler_similarity(dim_tag.folded, unknown.word) desc, dim_tag.label
    limit 3
)

select 'topic' as what, (select string_agg(label, ', ') from nearest) as said, null::text as since
from unknown
union all
select 'alias', dim_tag.label, tag_alias.since_date::text
from tag_alias
join dim_tag on dim_tag.folded = tag_alias.means_folded
where tag_alias.alias_folded = $topic::text
union all
select 'source', (select string_agg(name, ', ' order by name) from dim_source), null
where $source::text is not null and $source::text not in (select name from dim_source)
