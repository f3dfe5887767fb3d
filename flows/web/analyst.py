"""Runs analysts' SQL in a process of its own: its locked-down settings would hold for every connection of this one."""

from __future__ import annotations

import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.settings import Query
from flows.warehouse.analyst_query import run_analyst_query
from flows.warehouse.statement_query import QueryResult

ROWS: Final = 50_000


class AnalystProcess:
    """Starts with the first statement, runs one at a time, and starts again after a crash."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def query(self, layout: Layout, sql: str, limits: Query) -> tuple[QueryResult, bool]:
        """The result of one SELECT, its first 50,000 rows, and whether it has more. Raises ConfigError and
        NewsvaneError like `run_analyst_query`."""
        pool = self._started()
        try:
            return pool.submit(_query, layout, sql, limits).result()
        except BrokenProcessPool as error:
            with self._lock:
                if self._pool is pool:  # not the one that another request has started since
                    self._pool = None
            raise NewsvaneError("the process of this query ended: it needs more memory than there is") from error

    def close(self) -> None:
        """End the process, if it runs."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            # Spawned, not forked: the threads of DuckDB do not survive a fork.
            self._pool = self._pool or ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            return self._pool


def _query(layout: Layout, sql: str, limits: Query) -> tuple[QueryResult, bool]:
    result = run_analyst_query(layout, sql, limits, ROWS + 1)
    return QueryResult(result.columns, result.rows[:ROWS]), len(result.rows) > ROWS
