"""The command that serves the explorer: where it listens, which host names it answers, and what a record holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import uvicorn

from flows.cli.serve import read_capture
from flows.settings import Layout
from tests.cli.conftest import Command
from tests.fetch.archive.builders import write_exchanges


def test_it_listens_on_loopback_unless_told_otherwise(
    newsvane: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: started.append((app, options)))
    assert newsvane("serve", "--data", str(tmp_path), "--port", "8099", "--host", "News.Example.org").status == 0
    ((app, options),) = started
    assert (options["host"], options["port"]) == ("127.0.0.1", 8099)
    assert app.state.explorer.hosts == {"news.example.org"}
    assert app.state.explorer.layout == Layout.at(tmp_path)


def test_the_page_of_a_record_is_read_at_its_offset(tmp_path: Path) -> None:
    from flows.fetch.archive.warc_reader import records

    path = write_exchanges(Layout.at(tmp_path), 3)
    exchange, page = list(records(path))[1]
    assert exchange.warc_offset is not None
    assert page is not None
    found = read_capture(path, exchange.warc_offset)
    assert found is not None
    assert found.body == page.body == b"<p>story 1</p>"


def test_a_missing_file_is_reported_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_capture(tmp_path / "none.warc.gz", 0)
