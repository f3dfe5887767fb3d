"""Export: Parquet by month, body text only where allowed, tables replaced as a whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.dataset as ds
import pytest

from flows.data_layout import Layout
from flows.model import Moment
from flows.warehouse.export import export
from flows.warehouse.publish import publish
from tests.warehouse.conftest import Load, exchange, reading, story


def posted(month: int) -> Moment:
    return Moment(datetime(2026, month, 2, 15, 0, tzinfo=UTC), "", "source_zone", "minute")


@pytest.fixture
def out(layout: Layout, writer: duckdb.DuckDBPyConnection, put: Load, tmp_path: Path) -> Path:
    """An export folder beside a published warehouse with three articles in two months."""
    put(
        "one",
        (exchange("https://kxyz.test/1", 0), story(1, published=posted(2), weather=[reading(1, 30)])),
        (exchange("https://kxyz.test/2", 1), story(2)),
        (exchange("https://kxyz.test/3", 2), story(3)),
    )
    publish(writer, layout, [])
    return tmp_path / "out"


def test_months_are_folders_and_body_text_is_left_out(layout: Layout, out: Path) -> None:
    rows = export(layout, out)
    assert rows["articles"] == 3
    assert rows["article_tags"] == 6
    assert rows["weather_observations"] == 1
    assert sorted(path.name for path in (out / "articles").iterdir()) == ["month=2026-02", "month=2026-03"]
    table = ds.dataset(str(out / "articles"), partitioning="hive").to_table()
    assert table.column("body").null_count == 3
    assert sorted(table.column("title").to_pylist()) == ["Council votes 1", "Council votes 2", "Council votes 3"]
    for path in out.rglob("*.parquet"):
        assert b"Rivertown voted" not in path.read_bytes()


def test_full_text_is_exported_where_config_allows_it(layout: Layout, out: Path) -> None:
    export(layout, out, ["kxyz"])
    table = ds.dataset(str(out / "articles"), partitioning="hive").to_table()
    assert "The council of Rivertown voted on item 1." in table.column("body").to_pylist()


def test_a_second_run_keeps_nothing_of_the_first(
    layout: Layout, out: Path, writer: duckdb.DuckDBPyConnection, put: Load
) -> None:
    export(layout, out)
    (out / "notes.txt").write_text("mine")
    (out / ".articles.fresh").mkdir()  # a run that was killed
    put("two", (exchange("https://kxyz.test/1", 60), story(1, published=posted(3))))
    publish(writer, layout, [])
    assert export(layout, out)["articles"] == 3
    assert sorted(path.name for path in (out / "articles").iterdir()) == ["month=2026-03"]
    assert sorted(path.name for path in out.iterdir() if path.name.startswith(".")) == []
    assert (out / "notes.txt").read_text() == "mine"


def test_a_table_that_is_not_finished_stays_as_it_was(layout: Layout, out: Path) -> None:
    export(layout, out)
    before = {path: path.read_bytes() for path in out.rglob("*.parquet")}

    def stop(name: str, number: int, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(layout, out, ["kxyz"], stop)
    first = sorted(path.name for path in out.iterdir())[0]
    changed = {path.relative_to(out).parts[0] for path in before if path.read_bytes() != before[path]}
    assert changed <= {first}
    assert not [path.name for path in out.iterdir() if path.name.startswith(".")]
