-- What there is to say about a topic or source that was asked for by name: a topic that no article bears with its nearest
-- labels, a label that counts as another, a source that is not there.
-- grain: one thing to say; what is topic | alias | source, the rest as text
with nearest as (
    select label
    from dim_tag
    where jaro_winkler_similarity(folded, $topic::text) >= 0.8 or contains(folded, $topic::text)
    order by jaro_winkler_similarity(folded, $topic::text) desc, label
    limit 3
)

select 'topic' as what, (select string_agg(label, ', ') from nearest) as said, null::text as since
where $topic::text is not null and $topic::text not in (select folded from dim_tag)
union all
select 'alias', dim_tag.label, tag_alias.since_date::text
from tag_alias
join dim_tag on dim_tag.folded = tag_alias.means_folded
where tag_alias.alias_folded = $topic::text
union all
select 'source', (select string_agg(name, ', ' order by name) from dim_source), null
where $source::text is not null and $source::text not in (select name from dim_source)
