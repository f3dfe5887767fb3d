"""The warehouse: the only room that knows DuckDB and Arrow."""
