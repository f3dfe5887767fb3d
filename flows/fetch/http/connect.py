"""Opens connections only to addresses that the guard has checked, and ends each exchange at its deadline."""

from __future__ import annotations

import http.client
import logging
import os
import re
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from flows.errors import ConfigError
from flows.fetch.http.guard import Guard
from flows.settings import Network

# urllib3 writes complete URLs, including secrets, into its warnings about malformed headers.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)

Connect = Callable[[str, int, float], socket.socket]
CA_HINT = (
    "if your network has a certificate authority of its own, name its file in newsvane.toml (ca_bundle in [network])"
    " or in SSL_CERT_FILE"
)
_CA_VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
_MAX_INTERIM = 20
_MAX_HEAD = 1024 * 1024
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
http.client._MAXHEADERS = 2000  # type: ignore[attr-defined]  # some sites send over 100


def ca_bundles(network: Network) -> tuple[Path, ...]:
    """The files of certificates to trust besides the usual ones: from the config, SSL_CERT_FILE and REQUESTS_CA_BUNDLE.
    Raises ConfigError for a file that is missing or has no certificate."""
    named = [("newsvane.toml, ca_bundle in [network]", network.ca_bundle)]
    named += [(f"${variable}", os.environ.get(variable)) for variable in _CA_VARIABLES]
    return tuple(dict.fromkeys(_certificates(where, name) for where, name in named if name))


@cache
def _certificates(where: str, name: str) -> Path:
    path = Path(name).expanduser()
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ValueError) as error:  # an SSLError is an OSError
        raise ConfigError(f"{where}: '{name}' is not a PEM file of certificates: {error}") from error
    return path


class Deadline:
    """The time left for one exchange, and the longest wait for bytes within it, in real seconds."""

    def __init__(self, read_timeout_s: float) -> None:
        self._read_timeout_s = read_timeout_s
        self._until = float("inf")

    def start(self, seconds: float) -> None:
        """Start an exchange that may take `seconds` in total, including redirects."""
        self._until = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether the exchange has used all its time."""
        return time.monotonic() >= self._until

    def next_wait_s(self) -> float:
        """How many seconds the next wait for bytes may take; raises TimeoutError when no time is left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the exchange exceeded its time limit")
        return min(left, self._read_timeout_s)


class Wire(HTTPAdapter):
    """The adapter that sends a prepared request: one connection per host, to checked addresses, with a deadline.

    A slow body or header keeps every single wait short, so the deadline is applied at each receive. `peers` maps
    host:port to the address last connected to; `connect` opens a socket to a checked address (a test may replace it).
    """

    def __init__(
        self,
        guard: Guard,
        deadline: Deadline,
        connect_timeout_s: float,
        connect: Connect | None,
        bundles: Sequence[Path],
    ) -> None:
        self._bundles = list(bundles)
        self.peers: dict[str, str] = {}
        self._guard, self._deadline, self._connect_timeout_s = guard, deadline, connect_timeout_s
        self._connect = connect or self._open
        super().__init__(pool_connections=8, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Build pools of guarded connections; TLS sockets get their deadline through the context's socket class."""
        context = create_urllib3_context()
        context.sslsocket_class = _with_deadline(ssl.SSLSocket, self._deadline)
        super().init_poolmanager(*args, **kwargs, ssl_context=context)
        wire = self

        class Plain(HTTPConnection):
            response_class = _Response

            def _new_conn(self) -> socket.socket:
                return wire.open_guarded(self)

        class Tls(HTTPSConnection):
            response_class = _Response

            def _new_conn(self) -> socket.socket:
                while wire._bundles:  # only for TLS: parsing a bundle takes a while
                    context.load_verify_locations(str(wire._bundles.pop()))
                return wire.open_guarded(self)

        plain = type("GuardedPool", (HTTPConnectionPool,), {"ConnectionCls": Plain})
        tls = type("GuardedTlsPool", (HTTPSConnectionPool,), {"ConnectionCls": Tls})
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": tls}

    def close(self) -> None:
        """Close every connection now: one left to the garbage collector could overlap with that of the next run."""
        hosts = self.poolmanager.pools.keys()
        for key in hosts:
            if (pool := self.poolmanager.pools.get(key)) is not None:
                pool.close()
        super().close()

    def open_guarded(self, connection: HTTPConnection) -> socket.socket:
        """Resolve the host, check every address and connect to one of those, without a second lookup in between."""
        host, port = connection._dns_host, connection.port or connection.default_port
        last: OSError | None = None
        for address in self._guard.addresses(host.strip("[]"), port):
            try:
                opened = self._connect(address, port, min(self._connect_timeout_s, self._deadline.next_wait_s()))
            except TimeoutError as error:
                raise ConnectTimeoutError(connection, f"connecting to {host} timed out") from error
            except OSError as error:
                last = error
                continue
            self.peers[f"{host}:{port}"] = address
            return opened
        raise NewConnectionError(connection, f"cannot connect to {host}: {last}") from last

    def _open(self, address: str, port: int, timeout_s: float) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        opened: socket.socket = _with_deadline(socket.socket, self._deadline)(family, socket.SOCK_STREAM)
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(timeout_s)
            opened.connect((address, port))
        except OSError:
            opened.close()
            raise
        return opened


class _HeaderLines:
    """The lines of a response's head, without malformed ones: http.client takes the first of those for the end."""

    def __init__(self, lines: Any) -> None:
        self._lines, self._is_status, self._size = lines, True, 0

    def readline(self, limit: int) -> bytes:
        """The next line that is a status line, a header or blank."""
        is_dropped = False
        while True:
            line: bytes = self._lines.readline(limit)
            self._size += len(line)
            if self._size > _MAX_HEAD:
                raise http.client.LineTooLong("response head")
            is_end = not line.strip(b"\r\n")
            if self._is_status and is_end and line:
                continue  # blank lines before a response, left over from the one before
            if self._is_status or is_end:
                self._is_status = is_end
                return line
            if (header := _HEADER.match(line)) is not None:
                return header[1] + line[header.end(1) :].lstrip(b" \t")
            if line[:1] in b" \t" and not is_dropped:
                return line
            is_dropped = True

    def close(self) -> None:
        """Close the connection's file."""
        self._lines.close()


class _Response(http.client.HTTPResponse):
    """Skips malformed header lines and interim responses (103 Early Hints, 102), of which http.client only knows 100
    (RFC 9110 15.2)."""

    def begin(self) -> None:
        """Read the status line and the headers."""
        lines = self.fp
        self.fp = _HeaderLines(lines)  # type: ignore[assignment]
        try:
            super().begin()
        finally:
            self.fp = self.fp and lines

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MAX_INTERIM):
            line: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
            if not 101 < line[1] < 200:
                return line
            http.client.parse_headers(self.fp)
        raise http.client.BadStatusLine("only interim responses")


def _with_deadline(base: Any, deadline: Deadline) -> Any:
    """A socket class that waits for bytes no longer than the deadline allows."""

    class DeadlineSocket(base):  # type: ignore[misc]
        def recv_into(self, *args: Any, **kwargs: Any) -> int:
            self.settimeout(deadline.next_wait_s())
            received: int = super().recv_into(*args, **kwargs)
            return received

    return DeadlineSocket
