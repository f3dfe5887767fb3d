"""Sends one GET, follows its redirects and enforces every limit on the way."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from flows.clock import Clock
from flows.errors import NewsvaneError, Transient, Unsafe
from flows.fetch.http.connect import CA_HINT, Connect, Deadline, Wire, ca_bundles
from flows.fetch.http.decode import ACCEPTED, Decoder
from flows.fetch.http.guard import Guard
from flows.fetch.http.headers import media_type
from flows.fetch.http.redirects import STATUSES, Cookies, location_target, refresh_target
from flows.fetch.urls import canonical, host_port, redact
from flows.settings import Settings

_PIECE = 64 * 1024
_REDIRECT_BODY = 64 * 1024
Permit = Callable[[str], None]


@dataclass(slots=True)
class Hop:
    """One request and its response as received: transfer coding removed, content coding kept."""

    url: str
    requested_at: datetime
    request_headers: dict[str, str]
    status: int
    phrase: str
    version: str
    headers: list[tuple[str, str]]
    raw: bytes = b""
    peer: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a response header (`name` in lower case), None if it is missing."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def all(self, name: str) -> list[str]:
        """Every value of a response header (`name` in lower case)."""
        return [value for key, value in self.headers if key.lower() == name]


@dataclass(slots=True)
class Reply:
    """The result of one GET: the hops that answered, the decoded body of the last one, and the problem, if any; `note`
    is what is wrong with a body that is taken all the same."""

    hops: list[Hop] = field(default_factory=list)
    body: bytes = b""
    problem: NewsvaneError | None = None
    note: str | None = None
    requests: int = 0
    elapsed_s: float = 0.0

    @property
    def last(self) -> Hop | None:
        """The last hop that answered."""
        return self.hops[-1] if self.hops else None


class Client:
    """The HTTP client of one run: one connection per host, cookies within one exchange only, and no proxies or
    credentials from the environment, which a requests session would add. Raises ConfigError for a bad CA bundle."""

    def __init__(self, settings: Settings, guard: Guard, clock: Clock, *, connect: Connect | None = None) -> None:
        self._settings, self._guard, self._clock = settings, guard, clock
        limits = settings.limits
        self._deadline = Deadline(limits.read_timeout_s)
        self._wire = Wire(guard, self._deadline, limits.connect_timeout_s, connect, ca_bundles(settings.network))

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def get(self, url: str, headers: Mapping[str, str], permit: Permit, *, refresh: bool = True) -> Reply:
        """GET `url` and follow redirects, with `refresh` also those of a Refresh header or an HTML page.

        `permit` is called before each hop and raises Refused to forbid it.

        Never raises a NewsvaneError: a Transient, Refused, Unsafe or ShapeError is returned as `problem`, with every
        hop that was answered before it.
        """
        reply = Reply()
        try:
            self._follow(url, headers, permit, reply, refresh)
        except NewsvaneError as error:
            reply.problem = error.with_traceback(None)  # the frames of the traceback would keep the body in memory
            error.__cause__ = error.__context__ = None
        return reply

    def _follow(self, url: str, headers: Mapping[str, str], permit: Permit, reply: Reply, refresh: bool) -> None:
        cookies = Cookies()
        seen = {(canonical(url), cookies.state(url)), (url, cookies.state(url))}
        while True:
            self._guard.check_url(url)
            permit(url)  # may wait or fetch a robots.txt; neither counts towards the exchange's time limit
            self._deadline.start(self._settings.limits.exchange_timeout_s - reply.elapsed_s)
            started = time.monotonic()
            try:
                target = self._send(url, headers, reply, cookies)
            finally:
                reply.elapsed_s += time.monotonic() - started
            if target is None and refresh:
                target = _refreshed(reply, seen, cookies)
            if target is None:
                return
            if len(reply.hops) > self._settings.limits.max_redirects:
                raise Unsafe(f"more than {self._settings.limits.max_redirects} redirects", url=redact(url))
            step = (target, cookies.state(target))
            if step in seen:
                raise Unsafe(f"redirect loop back to {redact(target)}", url=redact(url))
            seen.add(step)
            url = target

    def _send(self, url: str, headers: Mapping[str, str], reply: Reply, cookies: Cookies) -> str | None:
        """Send one request; returns the URL it is redirected to, None for a final response."""
        sent = {
            "User-Agent": self._settings.identity.header,
            "Accept-Encoding": ACCEPTED,
            "Connection": "keep-alive",
            **headers,
        }
        at = self._clock.now()
        reply.requests += 1
        try:
            request = requests.Request("GET", url, headers=sent).prepare()
            cookies.add_to(request)
            response = self._wire.send(request, stream=True)
        except (
            requests.RequestException,
            HTTPError,
            ValueError,
        ) as error:  # ValueError: a URL or header it cannot send
            raise self._problem(error, url) from error
        try:
            hop = self._hop(url, at, sent, response)
            reply.hops.append(hop)
            self._check_headers(hop)
            cookies.store(request, response)
            if hop.status not in STATUSES:
                self._read(hop, response, reply)
                return None
            target = location_target(url, hop.header("location"))
            self._skim(hop, response)
            return target
        finally:
            response.close()  # reuses the connection, or drops it if unread bytes are left

    def _hop(self, url: str, at: datetime, sent: dict[str, str], response: requests.Response) -> Hop:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        version = {9: "HTTP/0.9", 10: "HTTP/1.0"}.get(response.raw.version, "HTTP/1.1")
        return Hop(
            url=url,
            requested_at=at,
            request_headers={"Host": parts.netloc.rpartition("@")[2], **sent},
            status=response.status_code,
            phrase=response.reason or "",
            version=version,
            headers=list(response.raw.headers.items()),
            peer=self._wire.peers.get(f"{parts.hostname}:{port}"),
        )

    def _check_headers(self, hop: Hop) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in hop.headers)
        limit = self._settings.limits.max_header_bytes
        if size > limit:
            hop.headers = []
            hop.truncated = "length"
            raise Unsafe(f"{size} bytes of headers, more than {limit}", url=redact(hop.url))

    def _read(self, hop: Hop, response: requests.Response, reply: Reply) -> None:
        """Read the body in pieces: raw bytes into the hop, decoded bytes into the reply."""
        limits = self._settings.limits
        limit = limits.max_body_bytes
        if (declared := _declared_length(hop)) > limit:
            hop.truncated = "length"
            raise Unsafe(f"Content-Length is {declared:.3g} bytes, more than {limit}", url=redact(hop.url))
        decoder = Decoder(hop.header("content-encoding"), limits.max_decoded_bytes)
        raw = bytearray()
        try:
            self._feed(hop.url, response, decoder, raw)
        except (HTTPError, OSError, requests.RequestException) as error:
            hop.truncated = "time" if self._deadline.passed else "disconnect"
            raise self._problem(error, hop.url) from error
        except Unsafe:
            hop.truncated = "length"
            raise
        finally:
            hop.raw = bytes(raw)
        reply.body, reply.note = decoder.body, decoder.note

    def _feed(self, url: str, response: requests.Response, decoder: Decoder, raw: bytearray) -> None:
        """Read the body into `raw` and the decoder. One whose compressed data is whole may end in an error: some
        servers declare the length of the unpacked body, or send no last chunk."""
        limit = self._settings.limits.max_body_bytes
        try:
            while piece := response.raw.read1(_PIECE, decode_content=False):
                raw += piece
                if len(raw) > limit:
                    del raw[limit:]
                    raise Unsafe(f"the body is longer than {limit} bytes", url=redact(url))
                decoder.feed(piece)
        except (HTTPError, OSError, requests.RequestException):
            if not decoder.is_whole:
                raise
        decoder.finish()

    @staticmethod
    def _skim(hop: Hop, response: requests.Response) -> None:
        """Read the start of a redirect's body. Nothing depends on it, so a damaged or long one is only cut."""
        raw = bytearray()
        try:
            while piece := response.raw.read1(_PIECE, decode_content=False):
                raw += piece
                if len(raw) > _REDIRECT_BODY:
                    del raw[_REDIRECT_BODY:]
                    hop.truncated = "length"
                    break
        except (HTTPError, OSError, requests.RequestException):
            hop.truncated = "disconnect"
        hop.raw = bytes(raw)

    def _problem(self, error: Exception, url: str) -> NewsvaneError:
        """A network failure as our own error: library messages contain unredacted URLs."""
        where = redact(url)
        if self._deadline.passed:
            seconds = self._settings.limits.exchange_timeout_s
            return Unsafe(f"not finished after {seconds:g} s", url=where)
        cause = _cause(error)
        if cause is None:
            return Unsafe(f"malformed URL or header ({type(error).__name__})", url=where)
        return Transient(f"no answer from {host_port(url)}: {cause}", url=where)


def _refreshed(reply: Reply, seen: set[tuple[str, tuple[tuple[str, str], ...]]], cookies: Cookies) -> str | None:
    """The page that the last hop sends a browser to; None if it was requested before: then the page itself counts."""
    last = reply.last
    if last is None or last.status not in (200, 203):
        return None
    kind, _ = media_type(last.header("content-type") or "")
    target = refresh_target(last.url, last.header("refresh"), kind, reply.body)
    if target is None or (target, cookies.state(target)) in seen:
        return None
    reply.body, reply.note = b"", None
    return target


def _declared_length(hop: Hop) -> float:
    """The Content-Length of a response, 0 for a missing or malformed one; very long numbers are infinite."""
    declared = (hop.header("content-length") or "").strip()
    if not re.fullmatch(r"[0-9]+", declared):
        return 0
    return int(declared) if len(declared) <= 18 else float("inf")


def _cause(error: BaseException) -> str | None:
    """A description of the innermost cause, else its class name; None for a request that cannot be sent."""
    inner: BaseException = error
    while nested := (inner.__cause__ or inner.__context__):
        inner = nested
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"invalid certificate ({inner.verify_message}); {CA_HINT}"
    descriptions = {
        "ConnectionRefusedError": "connection refused",
        "ConnectionResetError": "connection reset",
        "BrokenPipeError": "connection reset",
        "RemoteDisconnected": "connection closed without a response",
        "TimeoutError": "read timed out",
        "IncompleteRead": "connection closed before the end of the body",
        "BadStatusLine": "not an HTTP response",
        "InvalidHeader": "malformed header",
    }
    if isinstance(error, HTTPError) and isinstance(inner, ValueError):
        return "malformed chunk, or the connection closed before the last one"
    is_malformed = isinstance(error, (ValueError, requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema))
    named = descriptions.get(type(inner).__name__)
    return named or (None if is_malformed else type(inner).__name__)
