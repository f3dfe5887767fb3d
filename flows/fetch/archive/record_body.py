"""Reads one record of another tool's archive: HTTP status and headers, and the body without its codings."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from http.client import HTTPException, parse_headers

from fastwarc.warc import WarcRecord, WarcRecordType

from flows.errors import ShapeError, Unsafe
from flows.fetch.archive.capture_time import capture_time
from flows.fetch.archive.record_ends import MAX_RECORD, NEXT_RECORD, RecordEnds
from flows.fetch.http.decode import Decoder
from flows.fetch.http.headers import media_type

_MAX_DECODED = 64 * 1024 * 1024
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?a-zA-Z]")
# Some tools drop the header of a coding and keep the coding itself.
_CHUNKED = re.compile(rb"[0-9a-fA-F]{1,8}\r\n")
_CHUNKED_MARKUP = re.compile(rb"[0-9a-fA-F]{1,8}\r\n\s*<[!?a-zA-Z]")
_MARKUP_TYPE = re.compile(r"text/|application/xhtml\+xml")
_STATUS = re.compile(rb"HTTP/[0-9.]{1,4} +([0-9]{3})\b[^\r\n]*\r?\n")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 1024


class Response:
    """The decoded body of one record, its status, type and capture time; `problem` says why it cannot be read, and
    `is_cut` whether that is because the file ends or is damaged within the record; `note` says what is wrong with a
    body that is read. A record that `is_too_long` declares a length that reaches into the next one, and one that
    `is_too_short` goes on after it; the body is right in both cases."""

    def __init__(self, record: WarcRecord, offset: int, ends: RecordEnds) -> None:
        self.status: int | None = None
        self.body, self.problem, self.is_unsafe, self.is_cut = b"", "", False, False
        self.is_too_long = self.is_too_short = False
        self.media_type: str | None = None
        self.charset: str | None = None
        self.size = 0
        self.note: str | None = None
        self.at = capture_time(record.headers.get("WARC-Date"), None)
        declared = record.content_length
        if declared > MAX_RECORD:
            self.problem, self.is_unsafe = f"record of {declared} bytes, more than {MAX_RECORD}", True
            return
        try:
            self.is_too_short = ends.extend(record, offset)
            # A text may only look as if the next record began in it.
            self._read(record, lambda: self.is_too_short or ends.is_as_declared(record, offset, declared))
        except OSError as error:
            self.problem, self.is_cut = str(error), True
        except ShapeError as error:
            self.problem = f"unreadable record: {error}"
        except Unsafe as error:
            self.problem, self.is_unsafe = str(error), True

    def _read(self, record: WarcRecord, ends_as_declared: Callable[[], bool]) -> None:
        headers = _http_headers(record)
        content_type = headers.get("content-type") or ""
        if self.at is None:
            self.at = capture_time(None, headers.get("date"))
        if record.http_headers is not None:
            self.status = record.http_headers.status_code
        elif not _is_http(record) and record.record_type != WarcRecordType.revisit:
            self.status, content_type = 200, record.headers.get("Content-Type") or ""
        self.media_type, self.charset = media_type(content_type)
        if record.record_type == WarcRecordType.revisit:
            return
        if record.record_type == WarcRecordType.conversion:
            self.charset = self.charset or "utf-8"
        raw = self._content(record, ends_as_declared)
        if record.record_type == WarcRecordType.response:
            headers, raw = self._without_heads(headers, raw)
        self.body = self._decoded(raw, headers)

    def _without_heads(self, headers: dict[str, str], raw: bytes) -> tuple[dict[str, str], bytes]:
        """The last head and the body of a response: another head follows that of an interim response or of a proxy, and
        the first one is there where the record does not say so."""
        while "content-type" not in headers and (head := _STATUS.match(raw)):
            self.status, (headers, raw) = int(head[1]), _split(raw, head.end())
            self.media_type, self.charset = media_type(headers.get("content-type") or "")
        return headers, raw

    def _content(self, record: WarcRecord, ends_as_declared: Callable[[], bool]) -> bytes:
        expected = record.content_length
        raw: bytes = record.reader.read(MAX_RECORD)
        self.size = len(raw)
        following = NEXT_RECORD.search(raw) if _MARKUP_TYPE.match(self.media_type or "") else None
        if following and not ends_as_declared():
            self.is_too_long = True
            return raw[: following.start()]
        if len(raw) < expected:
            raise OSError(f"{len(raw)} of {expected} bytes")
        return raw

    def _decoded(self, raw: bytes, headers: dict[str, str]) -> bytes:
        coding = headers.get("content-encoding")
        chunked = _CHUNKED if coding else _CHUNKED_MARKUP
        is_chunked = "chunked" in headers.get("transfer-encoding", "").lower() or chunked.match(raw)
        body = _dechunk(raw) if is_chunked else raw
        if not coding and not _MARKUP_TYPE.match(self.media_type or ""):
            return body
        return self._without_coding(body, coding)

    def _without_coding(self, body: bytes, coding: str | None) -> bytes:
        """A body without its content coding, named or not. Many archives keep the Content-Encoding header of a body
        that is decoded already: what reads as text is taken as it is. Raises ShapeError or Unsafe for a damaged one."""
        if _is_decoded_markup(body):
            return body
        try:
            decoder = Decoder(coding, _MAX_DECODED)
            decoder.feed(body)
            decoder.finish()
        except ShapeError:
            if _is_text(body):
                return body
            raise
        self.note = decoder.note
        return decoder.body


def _is_http(record: WarcRecord) -> bool:
    return (record.headers.get("Content-Type") or "").lower().startswith("application/http")


def _http_headers(record: WarcRecord) -> dict[str, str]:
    """The headers of the HTTP response in a record, names in lower case; the first of equal names counts."""
    if not _is_http(record) or not record.content_length:
        return {}
    record.parse_http(quirks_mode=True)
    headers: dict[str, str] = {}
    for name, value in record.http_headers.items() if record.http_headers else ():
        headers.setdefault(name.lower(), value)
    return headers


def _split(raw: bytes, start: int) -> tuple[dict[str, str], bytes]:
    """The headers and the body of an HTTP response in a record that does not say that it is one, from the line after
    its status on."""
    lines = io.BytesIO(raw)
    lines.seek(start)
    try:
        headers = parse_headers(lines)
    except HTTPException as error:
        raise ShapeError(f"malformed HTTP headers: {error!r:.80}") from error
    return {name.lower(): str(value) for name, value in reversed(headers.items())}, lines.read()


def _dechunk(body: bytes) -> bytes:
    """Remove chunked transfer coding. A body that is not chunked is returned unchanged, one that ends early as far as
    it goes."""
    out = bytearray()
    at = 0
    while line := re.match(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,256}\r?\n", body[at : at + 300]):
        size = int(line[1], 16)
        at += line.end()
        if size == 0:
            return bytes(out)
        out += body[at : at + size]
        at += size
        at += 2 if body[at : at + 2] == b"\r\n" else int(body[at : at + 1] == b"\n")
    return bytes(out) if out and at >= len(body) else body


def _is_decoded_markup(body: bytes) -> bool:
    return bool(_MARKUP.match(body)) and not _CONTROL.search(body[:_HEAD])


def _is_text(body: bytes) -> bool:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(text[:_HEAD].encode())
