"""Work on DuckDB's own thread: Ctrl-C and the time limit end it, errors and results come through."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import pytest

from flows.warehouse.background import OutOfTimeError, background

ENDLESS = "select count(*) from range(10000000) a, range(10000000) b"
GUARD_S = 60.0  # ends the endless query if nothing else does


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def interrupt_when(begun: threading.Event) -> None:
    """Send SIGINT to this process, as Ctrl-C does, once the work has begun."""

    def send() -> None:
        begun.wait()
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=send, daemon=True).start()


def test_ctrl_c_ends_a_query(connection: duckdb.DuckDBPyConnection) -> None:
    begun = threading.Event()

    def endless() -> None:
        begun.set()
        connection.execute(ENDLESS)

    def wait_for_it() -> None:
        with background(connection, GUARD_S) as work:
            work.run(endless)

    interrupt_when(begun)
    with pytest.raises(KeyboardInterrupt):
        wait_for_it()
    assert connection.execute("select 1").fetchall() == [(1,)]


def test_ctrl_c_ends_a_query_that_is_being_handed_over(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, submit = threading.Event(), ThreadPoolExecutor.submit

    def interrupted(executor: ThreadPoolExecutor, *step: Any) -> None:
        submit(executor, *step)
        begun.wait()
        raise KeyboardInterrupt

    def endless() -> None:
        begun.set()
        connection.execute(ENDLESS)

    monkeypatch.setattr(ThreadPoolExecutor, "submit", interrupted)
    with pytest.raises(KeyboardInterrupt), background(connection) as work:
        work.run(endless)
    assert connection.execute("select 1").fetchall() == [(1,)]


def test_the_time_limit_ends_a_query(connection: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(OutOfTimeError), background(connection, 0.05) as work:
        work.run(lambda: connection.execute(ENDLESS))
    assert connection.execute("select 1").fetchall() == [(1,)]


def test_only_the_time_of_the_thread_counts(connection: duckdb.DuckDBPyConnection) -> None:
    finished = threading.Event()
    left = iter([1, 2, None])

    def step() -> int | None:
        value = next(left)
        if value is None:
            finished.set()
        return value

    with background(connection, 1.0) as work:
        work._spent = 0.9
        assert list(work.each(step)) == [1, 2]
    assert finished.is_set()


def test_errors_come_through(connection: duckdb.DuckDBPyConnection) -> None:
    with background(connection) as work:
        with pytest.raises(duckdb.CatalogException):
            work.run(lambda: connection.execute("select * from nowhere"))
        with pytest.raises(TimeoutError, match="of its own"):
            work.run(lambda: (_ for _ in ()).throw(TimeoutError("of its own")))
        assert work.run(lambda: connection.execute("select 7").fetchall()) == [(7,)]


def test_results_are_made_one_ahead(connection: duckdb.DuckDBPyConnection) -> None:
    made = 0

    def step() -> int:
        nonlocal made
        made += 1
        return made

    with background(connection) as work:
        for taken in work.each(step):
            assert made <= taken + 1
            if taken == 50:
                break
