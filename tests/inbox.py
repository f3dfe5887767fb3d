"""Receives notices: a web server on loopback that keeps the JSON that is sent to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from pydantic import SecretStr


@dataclass
class Inbox:
    """The notices received, and the Apprise URL that leads here."""

    url: SecretStr
    received: list[dict[str, Any]] = field(default_factory=list)

    def titled(self, title: str) -> list[dict[str, Any]]:
        """The notices with this title."""
        return [message for message in self.received if message["title"] == title]


@contextmanager
def listening(password: str) -> Iterator[Inbox]:
    """An inbox whose URL has this password."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield Inbox(SecretStr(f"json://reader:{password}@127.0.0.1:{server.server_address[1]}/"), received)
    finally:
        server.shutdown()
        server.server_close()
