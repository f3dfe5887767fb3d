"""newsvane: local news and weather into a DuckDB warehouse, on a schedule."""
