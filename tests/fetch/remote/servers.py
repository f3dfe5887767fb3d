"""Servers of files on loopback: one for http with or without ranges, and one for S3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.fetch.sites import running


@dataclass
class FileServer:
    """The files by path. `sent` has the method, path and range of each request; of a path in `cut` only so many bytes
    are sent before the connection is closed, once; a path in `moved` is redirected."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    has_ranges: bool = True
    sent: list[tuple[str, str, str | None]] = field(default_factory=list)
    cut: dict[str, int] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def reads(self, path: str) -> int:
        """How often the content of a path was asked for."""
        return sum(1 for method, each, _ in self.sent if (method, each) == ("GET", path))


class _Handler(BaseHTTPRequestHandler):
    """Answers for the FileServer of its server."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        body = self._answer()
        self.wfile.write(body[: self.served.cut.pop(self.path, len(body))])

    @property
    def served(self) -> FileServer:
        return self.server.served  # type: ignore[attr-defined]

    def _answer(self) -> bytes:
        """Send the head of the answer; returns its body."""
        served, asked = self.served, self.headers.get("Range")
        served.sent.append((self.command, self.path, asked))
        if self.path in served.moved:
            return self._head(302, b"", Location=served.moved[self.path])
        body = served.files.get(self.path)
        if body is None:
            return self._head(404, b"")
        tag = f'"{sha256(body).hexdigest()[:12]}"'
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", asked or "")
        if not match or not served.has_ranges:
            return self._head(200, body, ETag=tag)
        start, end = int(match[1]), int(match[2] or len(body) - 1) + 1
        place = f"bytes {start}-{min(end, len(body)) - 1}/{len(body)}"
        return self._head(206, body[start:end], **{"ETag": tag, "Content-Range": place})

    def _head(self, status: int, body: bytes, **headers: str) -> bytes:
        self.close_connection = True
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        return body

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def file_server() -> Iterator[FileServer]:
    """Serve files over http."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    served = server.served = FileServer(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    with running(server):
        yield served


@contextmanager
def s3_server(files: dict[str, bytes]) -> Iterator[str]:
    """Serve objects, `bucket/key -> bytes`, as S3 does; yields the endpoint."""
    from boto3 import client
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    s3 = client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    for bucket in {name.partition("/")[0] for name in files}:
        s3.create_bucket(Bucket=bucket, ACL="public-read")
    for name, body in files.items():
        bucket, _, key = name.partition("/")
        s3.put_object(Bucket=bucket, Key=key, Body=body, ACL="public-read")
    try:
        yield endpoint
    finally:
        server.stop()
