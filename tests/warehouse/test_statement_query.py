"""Statement files: run with named values on the published snapshot, errors name the file and the next step."""

from __future__ import annotations

import os
import signal
import threading
from collections import UserDict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError, WarehouseError
from flows.warehouse.statement_query import QueryResult, run_query, run_query_arrays
from tests.conftest import EmptyAt
from tests.warehouse.conftest import exchange, publish, story


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, empty_at: EmptyAt) -> Layout:
    """A published warehouse with two articles, and no working file. Read-only."""
    two = [(exchange(f"https://kxyz.test/{number}", number), story(number)) for number in (1, 2)]
    return publish(Layout.at(tmp_path_factory.mktemp("published")), empty_at, *two)


def statement_in(folder: Path, text: str) -> Path:
    path = folder / "statement.sql"
    path.write_text(text)
    return path


def test_values_are_bound_by_name(published: Layout, tmp_path: Path) -> None:
    path = statement_in(tmp_path, "select title, posted_at, gone_at from articles where native_id = $number")
    assert run_query(published, path, {"number": "2"}) == QueryResult(
        ("title", "posted_at", "gone_at"), (("Council votes 2", datetime(2026, 3, 2, 15, tzinfo=UTC), None),)
    )


def test_lists_of_numbers_become_arrays(published: Layout, tmp_path: Path) -> None:
    path = statement_in(tmp_path, "select list(article_id order by article_id) as ids, count(*) as n from articles")
    ((ids, count),) = run_query_arrays(published, path, {}).rows
    assert isinstance(ids, np.ndarray)
    assert (ids.tolist(), count) == ([1, 2], 2)


def test_a_statement_that_does_not_fit_the_snapshot_names_its_file(published: Layout, tmp_path: Path) -> None:
    path = statement_in(tmp_path, "select no_such_column from articles")
    with pytest.raises(WarehouseError, match=r"statement\.sql: fails on .*newsvane refresh.*no_such_column"):
        run_query(published, path, {})


def test_ctrl_c_ends_a_statement_and_the_next_one_runs(published: Layout, tmp_path: Path) -> None:
    endless = statement_in(
        tmp_path, "select count(*) from range(10000000) a, range(2000) b where a.range * b.range = -1"
    )
    running = threading.Event()

    def stop() -> None:
        running.wait()
        os.kill(os.getpid(), signal.SIGINT)

    class Signals(UserDict[str, object]):
        """Values that tell when they are read: on the thread of the query."""

        def keys(self) -> Any:
            running.set()
            return super().keys()

    threading.Thread(target=stop, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        run_query(published, endless, Signals())
    assert run_query(published, statement_in(tmp_path, "select 1 as one"), {}).rows == ((1,),)


def test_without_a_snapshot_the_next_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="run `newsvane refresh`"):
        run_query(Layout.at(tmp_path / "empty"), statement_in(tmp_path, "select 1"), {})
