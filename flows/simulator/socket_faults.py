"""Carries out the faults that need the socket: refusing, resetting, hanging, dripping, lying and never ending."""

from __future__ import annotations

import gzip
import select
import socket
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedIOBase
from typing import Protocol

from flows.simulator.faults import Severity
from flows.simulator.site import Answer

# The faults made here, with the status their first line says (0: it says none).
KINDS = {
    "refused": 0, "reset": 200, "hang": 0, "drip": 200, "truncated_gzip": 200, "wrong_length": 200, "bomb": 200,
    "endless": 200,
}  # fmt: skip
_BLOCK = 1 << 20
_POLL_S = 0.05
_NO_LINGER = struct.pack("ii", 1, 0)  # closing sends a reset


class Line(Protocol):
    """The part of a request handler that a fault works on."""

    connection: socket.socket
    wfile: BufferedIOBase
    close_connection: bool

    def head(self, answer: Answer, length: int | None) -> None:
        """Send status and headers; no Content-Length for None."""

    def refuse(self, seconds: float) -> None:
        """Stop listening for a while."""


def perform(kind: str, line: Line, answer: Answer, severity: Severity) -> None:
    """Answer in the manner of a socket fault, one of `KINDS`. The connection closes afterwards."""
    act: Callable[[Line, Answer, Severity], None] = {
        "refused": _refuse,
        "reset": _reset,
        "hang": _hang,
        "drip": _drip,
        "truncated_gzip": _truncated_gzip,
        "wrong_length": _wrong_length,
        "bomb": _bomb,
        "endless": _endless,
    }[kind]
    line.close_connection = True
    with suppress(OSError):  # the visitor left first, which is what a careful one does
        act(line, answer, severity)


def has_left(connection: socket.socket) -> bool:
    """Whether the other side has closed the connection."""
    try:
        readable, _, _ = select.select([connection], [], [], 0)
        return bool(readable) and connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except (OSError, ValueError):
        return True


def is_marked(connection: socket.socket) -> bool:
    """Whether the coming close is to be a reset."""
    return connection.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_NO_LINGER)) == _NO_LINGER


def abort(connection: socket.socket) -> None:
    """Make the coming close a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)


def _refuse(line: Line, answer: Answer, severity: Severity) -> None:
    line.refuse(severity.refuse_s)
    abort(line.connection)


def _reset(line: Line, answer: Answer, severity: Severity) -> None:
    line.head(answer, len(answer.body))
    line.wfile.write(answer.body[: len(answer.body) // 2])
    line.wfile.flush()
    abort(line.connection)


def _hang(line: Line, answer: Answer, severity: Severity) -> None:
    _wait(line.connection, severity.hang_s)


def _drip(line: Line, answer: Answer, severity: Severity) -> None:
    line.head(answer, len(answer.body))
    for at in range(len(answer.body)):
        line.wfile.write(answer.body[at : at + 1])
        line.wfile.flush()
        if _wait(line.connection, severity.drip_pause_s):
            return


def _truncated_gzip(line: Line, answer: Answer, severity: Severity) -> None:
    """The length is right, the gzip stream is cut."""
    whole = gzip.compress(answer.body, mtime=0)
    half = whole[: len(whole) // 2]
    line.head(_encoded(answer), len(half))
    line.wfile.write(half)


def _wrong_length(line: Line, answer: Answer, severity: Severity) -> None:
    """More is promised than comes."""
    line.head(answer, len(answer.body) + 1000)
    line.wfile.write(answer.body)


def _bomb(line: Line, answer: Answer, severity: Severity) -> None:
    """A gzip stream of zeros, a thousandth of its size on the wire."""
    line.head(_encoded(answer), None)
    for part in bomb(severity.bomb_bytes):
        line.wfile.write(part)


def bomb(size: int) -> Iterator[bytes]:
    """One sound gzip member of `size` zeros, rounded up to whole MiB, made as it is read."""
    zeros = bytes(_BLOCK)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    part = squeezer.compress(zeros) + squeezer.flush(zlib.Z_FULL_FLUSH)  # after it the stream starts afresh
    count, checksum = -(-size // _BLOCK), 0
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    for _ in range(count):
        checksum = zlib.crc32(zeros, checksum)
        yield part
    yield squeezer.flush(zlib.Z_FINISH) + struct.pack("<II", checksum, (count * _BLOCK) & 0xFFFFFFFF)


def _endless(line: Line, answer: Answer, severity: Severity) -> None:
    line.head(answer, None)
    filler = b"<p>and so on, and so on, and so on</p>\n" * 512
    sent = 0
    line.wfile.write(answer.body.replace(b"</body></html>", b""))
    while sent < severity.endless_bytes:
        line.wfile.write(filler)
        sent += len(filler)


def _encoded(answer: Answer) -> Answer:
    headers = (*answer.headers, ("Content-Encoding", "gzip"))
    return Answer(answer.status, answer.media_type, answer.body, answer.etag, answer.modified, headers)


def _wait(connection: socket.socket, seconds: float) -> bool:
    """Wait, in real time; True as soon as the other side has left."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, _POLL_S))
        if has_left(connection):
            return True
    return has_left(connection)
