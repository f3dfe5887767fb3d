"""The command that serves the explorer: where it listens, which host names it answers, and what a record holds."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from flows.cli.serve import read_capture
from flows.data_layout import Layout
from tests.cli.conftest import Command
from tests.fetch.archive.builders import write_exchanges
from tests.month import free_port


def test_it_listens_on_loopback_unless_told_otherwise(
    newsvane: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    port = free_port()
    started: list[tuple[Any, Any]] = []

    def run(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        started.append((server.config.app, sockets[0].getsockname()))

    monkeypatch.setattr(uvicorn.Server, "run", run)
    assert newsvane("serve", "--data", str(tmp_path), "--port", str(port), "--host", "News.Example.org").status == 0
    ((app, name),) = started
    assert name == ("127.0.0.1", port)
    assert app.state.explorer.hosts == {"news.example.org", "127.0.0.1"}
    assert app.state.explorer.layout == Layout.at(tmp_path)


@pytest.mark.parametrize(
    ("options", "hosts", "shown"),
    [
        (["--address", "127.0.0.2"], {"127.0.0.2"}, "http://127.0.0.2:"),
        (["--address", "0.0.0.0"], set(), "http://127.0.0.1:"),
        (["--address", "0.0.0.0", "--host", "news.test"], {"news.test"}, "http://news.test:"),
    ],
)
def test_the_address_that_is_shown_is_answered(
    newsvane: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    options: list[str],
    hosts: set[str],
    shown: str,
) -> None:
    started: list[Any] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: started.append(server.config.app))
    monkeypatch.setattr(socket, "create_server", lambda address, family: socket.socket())
    found = newsvane("serve", "--data", str(tmp_path), *options)
    assert shown in found.err
    assert started[0].state.explorer.hosts == hosts


def test_a_port_that_is_taken_is_named(newsvane: Command, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = newsvane("serve", "--data", str(tmp_path), "--port", str(port))
    assert found.status == 2
    assert f"port {port}: cannot listen there" in found.err
    assert "--port" in found.err


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
