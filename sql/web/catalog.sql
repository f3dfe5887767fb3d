-- Returns the columns of every table and view with their comments, without what is kept for loading only.
-- grain: one column
-- reads: duckdb_columns(), duckdb_tables(), duckdb_views()
with objects as (
    select table_name as name, comment, estimated_size as rows, 'table' as kind
    from duckdb_tables()
    where not internal and not temporary
    union all
    select view_name, comment, null, 'view'
    from duckdb_views()
    where not internal and not temporary
)

select
    objects.name, objects.kind, objects.rows, objects.comment,
    columns.column_name, columns.data_type, columns.comment as column_comment
from objects
join duckdb_columns() as columns on columns.table_name = objects.name and not columns.internal
order by objects.kind desc, objects.name, columns.column_index
