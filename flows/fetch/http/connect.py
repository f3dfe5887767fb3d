"""Opens connections only to addresses that the guard has checked, and ends each exchange at its deadline."""

from __future__ import annotations

import logging
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from flows.fetch.http.guard import Guard

# urllib3 writes complete URLs, including secrets, into its warnings about malformed headers.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)

Connect = Callable[[str, int, float], socket.socket]


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

    def __init__(self, guard: Guard, deadline: Deadline, connect_timeout_s: float, connect: Connect | None) -> None:
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
            def _new_conn(self) -> socket.socket:
                return wire.open_guarded(self)

        class Tls(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
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


def _with_deadline(base: Any, deadline: Deadline) -> Any:
    """A socket class that waits for bytes no longer than the deadline allows."""

    class DeadlineSocket(base):  # type: ignore[misc]
        def recv_into(self, *args: Any, **kwargs: Any) -> int:
            self.settimeout(deadline.next_wait_s())
            received: int = super().recv_into(*args, **kwargs)
            return received

    return DeadlineSocket
