-- Gives ids to what the lake does not have yet: sources, labels, places, organisations, conditions and words, of which
-- writers have the same ones. Numbered in the order of this writer's own ids.
-- reads: dim_condition, dim_organisation, dim_place, dim_source, dim_tag, dim_word, lake_key
-- writes: lake_key, own_key
create or replace temp table own_key as
select 'source' as kind, name as natural_key, source_id as own_id from dim_source
union all
select 'tag', folded, tag_id from dim_tag
union all
select 'place', place_key, place_id from dim_place
union all
select 'organisation', folded, organisation_id from dim_organisation
union all
select 'condition', name, condition_id from dim_condition
union all
select 'word', word, word_id from dim_word;

insert into lake.lake_key (kind, natural_key, id)
with last as (
    select kind, max(id) as id from lake.lake_key group by kind
)

select
    own.kind, own.natural_key,
    coalesce(last.id, 0) + row_number() over (partition by own.kind order by own.own_id) as id
from own_key as own
left join last on last.kind = own.kind
anti join lake.lake_key as known on known.kind = own.kind and known.natural_key = own.natural_key;
