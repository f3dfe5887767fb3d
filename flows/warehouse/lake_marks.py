"""Remembers which months loads have changed since the last commit to the lake: only they are compared at the next."""

from __future__ import annotations

from datetime import date

import duckdb

from flows.warehouse.statements import statement
from flows.warehouse.transaction import transaction


class Marks:
    """What the open warehouse knows of its last commit to a lake."""

    def __init__(self, warehouse: duckdb.DuckDBPyConnection) -> None:
        self._warehouse = warehouse

    def months(self, lake: str, commits: int) -> list[date] | None:
        """The first days of the months to compare, where the lake has so many commits of this warehouse. None: all,
        once a day and whenever the warehouse has not seen the last commit, as after a restore or a rebuild."""
        known = self._warehouse.execute(statement("lake/last_commit"), {"lake": lake, "commits": commits})
        if known.fetchone() is None:
            return None
        return [day for (day,) in self._warehouse.execute("select month_date from changed_month").fetchall()]

    def note(self, lake: str, commits: int, *, compared_all: bool) -> None:
        """Note that the lake has everything, with so many commits of this warehouse."""
        with transaction(self._warehouse):
            self._warehouse.execute("delete from changed_month")
            if compared_all:
                self._warehouse.execute("delete from lake_commit")
                self._warehouse.execute(statement("lake/lake_commit"), {"lake": lake, "commits": commits})
            else:
                self._warehouse.execute("update lake_commit set commits = ?", [commits])
