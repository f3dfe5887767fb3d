-- grain: one table of the snapshot; rows as DuckDB counts them at the last checkpoint
select table_name, estimated_size as rows
from duckdb_tables()
where not temporary and not internal
order by table_name
