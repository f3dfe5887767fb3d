"""A web archive on loopback: the index of its captures (CDX), and the captures as they were taken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.fetch.sites import running, write


@dataclass
class Archive:
    """`kept` has the captures: URL and instant -> body. An answer of the index has at most `page` captures. `sent` has
    the path of every request."""

    kept: dict[tuple[str, datetime], bytes] = field(default_factory=dict)
    page: int = 1000
    sent: list[str] = field(default_factory=list)
    url: str = ""

    def rows(self, asked: dict[str, str]) -> list[list[str]]:
        """The rows of the index that a query asks for, with the key for more."""
        rows = [[f"{at:%Y%m%d%H%M%S}", url] for url, at in sorted(self.kept) if _matches(url, at, asked)]
        begin = int(asked.get("resumeKey", 0))
        more = [[], [str(begin + self.page)]] if len(rows) > begin + self.page else []
        return [["timestamp", "original"], *rows[begin : begin + self.page], *more] if rows else []

    @property
    def config(self) -> str:
        """The lines of config that make this the web archive to ask."""
        return (
            f'[web_archive]\ncdx = "{self.url}/cdx"\nreplay = "{self.url}/web/"\ndelay_s = 0\n'
            'allow_addresses = ["127.0.0.1/32"]\n'
        )

    def capture(self, path: str) -> bytes | None:
        """The body of /web/<time>id_/<url>."""
        stamp, _, url = path.removeprefix("/web/").partition("id_/")
        kept = {(each, f"{at:%Y%m%d%H%M%S}"): body for (each, at), body in self.kept.items()}
        return kept.get((url, stamp))


def _matches(url: str, at: datetime, asked: dict[str, str]) -> bool:
    same = url == asked["url"] if asked["matchType"] == "exact" else urlsplit(url).netloc == asked["url"]
    return same and asked["from"] <= f"{at:%Y%m%d}" <= asked["to"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        archive: Archive = self.server.archive  # type: ignore[attr-defined]
        archive.sent.append(self.path)
        parts = urlsplit(self.path)
        if parts.path == "/cdx":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            self._send(200, "application/json", json.dumps(archive.rows(asked)).encode())
        elif (body := archive.capture(self.path)) is not None:
            self._send(200, "text/html; charset=utf-8", body)
        else:
            self._send(404, "text/plain", b"not here")

    def _send(self, status: int, kind: str, body: bytes) -> None:
        write(self, status, {"Content-Type": kind}, body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def web_archive() -> Iterator[Archive]:
    """Serve an archive; it is empty at first."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    archive = server.archive = Archive(url=f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    with running(server):
        yield archive
