"""Counts the connections that visitors hold open at once, as they see it: one they have closed no longer counts."""

from __future__ import annotations

import select
import socket
import threading


class Connections:
    """The open connections of one site; `most` is the largest number there ever was at one time."""

    def __init__(self) -> None:
        self._held: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.most = 0

    def opened(self, wire: socket.socket) -> None:
        """Count a connection in. Those that their visitors have closed already are counted out, even where their own
        thread has not noticed yet: a visitor that closes one before it opens the next never has two."""
        with self._lock:
            self._held = {held for held in self._held if not _is_left(held)} | {wire}
            self.most = max(self.most, len(self._held))

    def closed(self, wire: socket.socket) -> None:
        """Count a connection out."""
        with self._lock:
            self._held.discard(wire)

    def __len__(self) -> int:
        return len(self._held)


def _is_left(wire: socket.socket) -> bool:
    """Whether the other end has said that it is done. Asked without waiting: a socket's own timeout would wait."""
    try:
        poll = select.poll()
        poll.register(wire, select.POLLIN)
        return bool(poll.poll(0)) and wire.recv(1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):
        return True
