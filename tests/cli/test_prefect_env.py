"""Which Prefect server a command uses, and what it says when that server does not answer."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.cli.prefect_env import (
    bypass_proxy_on_loopback,
    check_access,
    configure_prefect,
    is_healthy,
    running_api,
    server_file,
)
from flows.data_layout import Layout
from flows.errors import NewsvaneError
from tests.cli.conftest import Command
from tests.month import free_port
from tests.server import Up


@pytest.mark.parametrize("command", ["up", "refresh"])
def test_an_external_server_that_does_not_answer_is_named(
    newsvane: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    address = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", address)
    done = newsvane(command, "--data", str(tmp_path))
    assert done.status == 1
    assert f"newsvane: no Prefect server answers at PREFECT_API_URL ({address})" in done.err
    assert "Traceback" not in done.err


def test_nothing_is_configured_when_the_external_server_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    before = dict(os.environ)
    with pytest.raises(NewsvaneError, match="unset that variable"):
        configure_prefect(Layout.at(tmp_path / "data"))
    assert dict(os.environ) == before
    assert not (tmp_path / "data").exists()


class Guarded(BaseHTTPRequestHandler):
    """A Prefect server with a password, to a client without one."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def test_a_server_that_asks_for_a_password_is_named_with_the_variable() -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with HTTPServer(("127.0.0.1", 0), Guarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/api"
        assert is_healthy(address)
        with (
            temporary_settings({PREFECT_API_URL: address}),
            pytest.raises(NewsvaneError, match=rf"{address} asks for a password: set PREFECT_API_AUTH_STRING"),
        ):
            check_access(address)
        server.shutdown()


@pytest.mark.parametrize("content", [None, "", "{}", '{"api": "http://127.0.0.1:1/api"}', "[]"])
def test_a_server_file_without_a_server_is_ignored(tmp_path: Path, content: str | None) -> None:
    layout = Layout.at(tmp_path)
    layout.prefect.mkdir()
    if content is not None:
        server_file(layout).write_text(content, "utf-8")
    assert running_api(layout) is None


@pytest.mark.parametrize(
    ("given", "now"),
    [
        (None, "127.0.0.1,localhost,::1"),
        ("internal.example, localhost", "internal.example,localhost,127.0.0.1,::1"),
        ("*", "*"),
    ],
)
def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch, given: str | None, now: str) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, given or "")
    bypass_proxy_on_loopback()
    assert os.environ["NO_PROXY"] == os.environ["no_proxy"] == now


@pytest.mark.prefect
def test_the_running_server_of_the_data_folder_is_found(up: Up) -> None:
    assert running_api(up.layout) == up.api == json.loads(server_file(up.layout).read_text("utf-8"))["api"]
