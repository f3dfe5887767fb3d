-- Returns the number of rows per table, as DuckDB counted them at the last checkpoint.
-- grain: one table of the snapshot
-- reads: duckdb_tables()
select table_name, estimated_size as rows
from duckdb_tables()
where not temporary and not internal
order by table_name
