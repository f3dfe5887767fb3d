-- Notes on the topic and the source named in a question: an unknown topic with its nearest labels, an alias with the
-- topic it counts as, an unknown source with the known ones.
-- grain: one note; kind is topic | alias | source
with unknown as (
    select $topic::text as topic where $topic::text not in (select folded from dim_tag)
),

nearest as (
    select dim_tag.label
    from unknown
    join dim_tag
        on
            jaro_winkler_similarity(dim_tag.folded, unknown.topic) >= 0.8
            or contains(dim_tag.folded, unknown.topic)
    order by jaro_winkler_similarity(dim_tag.folded, unknown.topic) desc, dim_tag.label
    limit 3
)

select 'topic' as kind, (select string_agg(label, ', ') from nearest) as names, null::text as since
from unknown
union all
select 'alias', dim_tag.label, tag_alias.since_date::text
from tag_alias
join dim_tag on dim_tag.folded = tag_alias.means_folded
where tag_alias.alias_folded = $topic::text
union all
select 'source', (select string_agg(name, ', ' order by name) from dim_source), null
where $source::text is not null and $source::text not in (select name from dim_source)
