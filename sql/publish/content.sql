-- Hashes what would make the next snapshot differ from the last one: files loaded, config, schema.
-- reads: batch, dim_place, dim_source, place_alias, schema_migration, schema_text, source_era, tag_alias, tag_facet,
--     tag_parent
with part as (
    select 'batch' as name, sum(md5_number_lower(batch.batch_id)) as hash from batch
    union all
    select 'dim_place', sum(md5_number_lower(dim_place::text)) from dim_place
    union all
    select 'dim_source', sum(md5_number_lower(dim_source::text)) from dim_source
    union all
    select 'place_alias', sum(md5_number_lower(place_alias::text)) from place_alias
    union all
    select 'schema_migration', sum(md5_number_lower(schema_migration.sha256)) from schema_migration
    union all
    select 'schema_text', sum(md5_number_lower(schema_text.sha256)) from schema_text
    union all
    select 'source_era', sum(md5_number_lower(source_era::text)) from source_era
    union all
    select 'tag_alias', sum(md5_number_lower(tag_alias::text)) from tag_alias
    union all
    select 'tag_facet', sum(md5_number_lower(tag_facet::text)) from tag_facet
    union all
    select 'tag_parent', sum(md5_number_lower(tag_parent::text)) from tag_parent
)

select md5(string_agg(part.name || ' ' || coalesce(part.hash, 0), ', ' order by part.name)) as content_hash
from part;
