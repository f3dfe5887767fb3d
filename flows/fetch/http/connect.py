"""The wire: connections that ask the guard for the address they use, and that never outlive their exchange's time."""

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

# urllib3 writes whole URLs into its warnings about odd headers, secrets included.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)

Connect = Callable[[str, int, float], socket.socket]


class Deadline:
    """How long one exchange may still take, and one silence within it, in real seconds."""

    def __init__(self, silence_s: float) -> None:
        self._silence = silence_s
        self._until = float("inf")

    def start(self, seconds: float) -> None:
        """Begin an exchange that may take `seconds` in all, redirects included."""
        self._until = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether the exchange has used up its time."""
        return time.monotonic() >= self._until

    def step(self) -> float:
        """Seconds the next wait for bytes may take; raises TimeoutError when none are left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the exchange's time is up")
        return min(left, self._silence)


class Wire(HTTPAdapter):
    """The adapter that sends a prepared request: one connection per host, guarded and timed.

    A body or header that drips in keeps every single wait short, so the deadline is applied at each receive.
    `peer` is the address last connected to; `connect` opens a socket to a judged address (a test may record it).
    """

    def __init__(self, guard: Guard, deadline: Deadline, connect_timeout_s: float, connect: Connect | None) -> None:
        self.peers: dict[str, str] = {}
        self._guard, self._deadline, self._connect_timeout_s = guard, deadline, connect_timeout_s
        self._connect = connect or self._open
        super().__init__(pool_connections=8, pool_maxsize=1, max_retries=0, pool_block=True)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Build the pools out of guarded connections; TLS sockets are timed through the context's socket class."""
        context = create_urllib3_context()
        context.sslsocket_class = _timed(ssl.SSLSocket, self._deadline)
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
        """Close every connection now: one left to the garbage collector would be a second beside the next visit's."""
        hosts = self.poolmanager.pools.keys()
        for key in hosts:
            if (pool := self.poolmanager.pools.get(key)) is not None:
                pool.close()
        super().close()

    def open_guarded(self, connection: HTTPConnection) -> socket.socket:
        """Resolve, judge every address, and connect to one of exactly those: no second look-up can slip in between."""
        host, port = connection._dns_host, connection.port or connection.default_port
        last: OSError | None = None
        for address in self._guard.addresses(host.strip("[]"), port):
            try:
                opened = self._connect(address, port, min(self._connect_timeout_s, self._deadline.step()))
            except TimeoutError as error:
                raise ConnectTimeoutError(connection, f"no connection to {host} in time") from error
            except OSError as error:
                last = error
                continue
            self.peers[f"{host}:{port}"] = address
            return opened
        raise NewConnectionError(connection, f"cannot connect to {host}: {last}") from last

    def _open(self, address: str, port: int, timeout_s: float) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        opened: socket.socket = _timed(socket.socket, self._deadline)(family, socket.SOCK_STREAM)
        try:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.settimeout(timeout_s)
            opened.connect((address, port))
        except OSError:
            opened.close()
            raise
        return opened


def _timed(base: Any, deadline: Deadline) -> Any:
    """A socket class whose every receive waits no longer than the deadline leaves."""

    class Timed(base):  # type: ignore[misc]
        def recv_into(self, *args: Any, **kwargs: Any) -> int:
            self.settimeout(deadline.step())
            received: int = super().recv_into(*args, **kwargs)
            return received

    return Timed
