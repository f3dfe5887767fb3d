"""Applies the faults that need the socket, such as resets, hangs, slow and endless bodies."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedIOBase
from typing import Protocol

from flows.simulator.connections import is_closed_by_peer
from flows.simulator.faults import Severity
from flows.simulator.site import Response

# The socket faults with the status that each sends (0: none).
KINDS = {
    "refused": 0, "reset": 200, "hang": 0, "drip": 200, "truncated_gzip": 200, "wrong_length": 200, "bomb": 200,
    "endless": 200,
}  # fmt: skip
_BLOCK = 1 << 20
_POLL_S = 0.05
_NO_LINGER = struct.pack("ii", 1, 0)  # close() then sends a reset


class Handler(Protocol):
    """The part of a request handler that socket faults use."""

    connection: socket.socket
    wfile: BufferedIOBase
    close_connection: bool

    def head(self, response: Response, length: int | None) -> None:
        """Send status and headers; no Content-Length if `length` is None."""

    def refuse(self, seconds: float) -> None:
        """Refuse connections for that long."""


def apply_socket_fault(kind: str, handler: Handler, response: Response, severity: Severity) -> None:
    """Send the response with a socket fault, one of `KINDS`. The connection closes afterwards."""
    act: Callable[[Handler, Response, Severity], None] = {
        "refused": _refuse,
        "reset": _reset,
        "hang": _hang,
        "drip": _drip,
        "truncated_gzip": _truncated_gzip,
        "wrong_length": _wrong_length,
        "bomb": _bomb,
        "endless": _endless,
    }[kind]
    handler.close_connection = True
    with suppress(OSError):  # the client closed first, as a careful one does
        act(handler, response, severity)


def resets_on_close(connection: socket.socket) -> bool:
    """Whether closing the connection will send a reset."""
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_NO_LINGER)) == _NO_LINGER


def reset_on_close(connection: socket.socket) -> None:
    """Make closing the connection send a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)


def _refuse(handler: Handler, response: Response, severity: Severity) -> None:
    handler.refuse(severity.refuse_s)
    reset_on_close(handler.connection)


def _reset(handler: Handler, response: Response, severity: Severity) -> None:
    handler.head(response, len(response.body))
    handler.wfile.write(response.body[: len(response.body) // 2])
    handler.wfile.flush()
    reset_on_close(handler.connection)


def _hang(handler: Handler, response: Response, severity: Severity) -> None:
    _wait(handler.connection, severity.hang_s)


def _drip(handler: Handler, response: Response, severity: Severity) -> None:
    handler.head(response, len(response.body))
    for at in range(len(response.body)):
        handler.wfile.write(response.body[at : at + 1])
        handler.wfile.flush()
        if _wait(handler.connection, severity.drip_pause_s):
            return


def _truncated_gzip(handler: Handler, response: Response, severity: Severity) -> None:
    """Content-Length is correct, but the gzip stream is cut."""
    packed = gzip.compress(response.body, mtime=0)
    half = packed[: len(packed) // 2]
    handler.head(_encoded(response), len(half))
    handler.wfile.write(half)


def _wrong_length(handler: Handler, response: Response, severity: Severity) -> None:
    """Content-Length is larger than the body."""
    handler.head(response, len(response.body) + 1000)
    handler.wfile.write(response.body)


def _bomb(handler: Handler, response: Response, severity: Severity) -> None:
    """A gzip stream of zeros, about 1:1000."""
    handler.head(_encoded(response), None)
    for part in bomb(severity.bomb_bytes):
        handler.wfile.write(part)


def bomb(size: int) -> Iterator[bytes]:
    """One valid gzip member of `size` zeros (rounded up to whole MiB), generated lazily."""
    zeros = bytes(_BLOCK)
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    part = compressor.compress(zeros) + compressor.flush(
        zlib.Z_FULL_FLUSH
    )  # resets the compressor, so the same part can repeat
    count, checksum = -(-size // _BLOCK), 0
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    for _ in range(count):
        checksum = zlib.crc32(zeros, checksum)
        yield part
    yield compressor.flush(zlib.Z_FINISH) + struct.pack("<II", checksum, (count * _BLOCK) & 0xFFFFFFFF)


def _endless(handler: Handler, response: Response, severity: Severity) -> None:
    handler.head(response, None)
    filler = b"<p>and so on, and so on, and so on</p>\n" * 512
    sent = 0
    handler.wfile.write(response.body.replace(b"</body></html>", b""))
    while sent < severity.endless_bytes:
        handler.wfile.write(filler)
        sent += len(filler)


def _encoded(response: Response) -> Response:
    headers = (*response.headers, ("Content-Encoding", "gzip"))
    return Response(response.status, response.media_type, response.body, response.etag, response.modified, headers)


def _wait(connection: socket.socket, seconds: float) -> bool:
    """Wait in real time; return True as soon as the peer has closed the connection."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, _POLL_S))
        if is_closed_by_peer(connection):
            return True
    return is_closed_by_peer(connection)
