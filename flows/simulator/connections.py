"""Counts the connections that clients hold open to a site at once."""

from __future__ import annotations

import select
import socket
import threading


class Connections:
    """The open connections of one site; `most` is the largest number open at one time."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.most = 0

    def opened(self, connection: socket.socket) -> None:
        """Count an opened connection. Connections that their clients have closed are dropped first, even if their own
        threads have not noticed yet: a client that closes one before it opens the next never counts as two."""
        with self._lock:
            self._open = {other for other in self._open if not is_closed_by_peer(other)} | {connection}
            self.most = max(self.most, len(self._open))

    def closed(self, connection: socket.socket) -> None:
        """Stop counting a connection."""
        with self._lock:
            self._open.discard(connection)

    def __len__(self) -> int:
        return len(self._open)


def is_closed_by_peer(connection: socket.socket) -> bool:
    """Whether the peer has closed the connection, also if bytes that it sent before are still unread: a client that
    loses patience before its request is read. Does not block, whatever the socket's own timeout."""
    try:
        poll = select.poll()
        poll.register(connection, select.POLLRDHUP)
        return bool(poll.poll(0))  # POLLHUP and POLLERR are always reported
    except (OSError, ValueError):
        return True
