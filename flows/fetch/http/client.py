"""One GET over the wire: the only importer of requests. Follows redirects by hand and stops at every limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from flows.clock import Clock
from flows.errors import NewsvaneError, ShapeError, Transient, Unsafe
from flows.fetch.http.connect import Connect, Deadline, Wire
from flows.fetch.http.decode import ACCEPTED, Decoder
from flows.fetch.http.guard import Guard
from flows.fetch.urls import absolute, canonical, redact
from flows.settings import Settings

_PIECE = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REDIRECT_BODY = 64 * 1024
Permit = Callable[[str], None]


@dataclass(slots=True)
class Hop:
    """One request and its response as they crossed the wire (transfer coding undone, content coding not)."""

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
        """The first value of a response header, None if it is not there."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def all(self, name: str) -> list[str]:
        """Every value of a response header."""
        return [value for key, value in self.headers if key.lower() == name]


@dataclass(slots=True)
class Reply:
    """What came of one GET: the hops that answered, the last one's decoded body, and what went wrong, if anything."""

    hops: list[Hop] = field(default_factory=list)
    body: bytes = b""
    problem: NewsvaneError | None = None
    requests: int = 0
    elapsed_s: float = 0.0

    @property
    def last(self) -> Hop | None:
        """The hop that was not redirected further."""
        return self.hops[-1] if self.hops else None


class Client:
    """What one visit goes out with: one connection per host, and nothing that a requests session would bring along,
    no cookies and no proxies or credentials from the environment."""

    def __init__(
        self,
        settings: Settings,
        guard: Guard,
        clock: Clock,
        *,
        connect: Connect | None = None,
        verify: bool | str = True,
    ) -> None:
        self._settings, self._guard, self._clock = settings, guard, clock
        limits = settings.limits
        self._deadline = Deadline(limits.read_timeout_s)
        self._wire = Wire(guard, self._deadline, limits.connect_timeout_s, connect)
        self._verify = verify

    def close(self) -> None:
        """Let go of all connections."""
        self._wire.close()

    def get(self, url: str, headers: Mapping[str, str], permit: Permit) -> Reply:
        """GET `url`, following redirects; `permit` is asked before each hop and raises Refused to forbid it.

        Never raises a NewsvaneError: a Transient, Refused, Unsafe or ShapeError comes back as `problem`, together
        with every hop that was answered until then.
        """
        reply = Reply()
        try:
            self._follow(url, headers, permit, reply)
        except NewsvaneError as error:
            reply.problem = error.with_traceback(None)  # its frames, and those of its cause, would hold the body
            error.__cause__ = error.__context__ = None
        return reply

    def _follow(self, url: str, headers: Mapping[str, str], permit: Permit, reply: Reply) -> None:
        seen = {canonical(url)}
        while True:
            self._guard.check_url(url)
            permit(url)  # may wait, or fetch a robots.txt: neither counts as this exchange's time
            self._deadline.start(self._settings.limits.exchange_timeout_s - reply.elapsed_s)
            begun = time.monotonic()
            try:
                target = self._one(url, headers, reply)
            finally:
                reply.elapsed_s += time.monotonic() - begun
            if target is None:
                return
            if len(reply.hops) > self._settings.limits.max_redirects:
                raise Unsafe(f"more than {self._settings.limits.max_redirects} redirects", url=redact(url))
            if target in seen or target == url:
                raise Unsafe(f"redirect loop back to {redact(target)}", url=redact(url))
            seen.add(target)
            url = target

    def _one(self, url: str, headers: Mapping[str, str], reply: Reply) -> str | None:
        """Send one request; returns where it is redirected to, None when this was the answer."""
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
            response = self._wire.send(request, stream=True, verify=self._verify)
        except requests.RequestException as error:
            raise self._explain(error, url) from error
        try:
            hop = self._hop(url, at, sent, response)
            reply.hops.append(hop)
            self._check_headers(hop)
            target = self._target(hop)
            self._read(hop, response, reply, keep=target is None)
        finally:
            response.close()  # drops the connection if bytes are left unread in it, else it is reused
        return target

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

    def _target(self, hop: Hop) -> str | None:
        if hop.status not in _REDIRECTS:
            return None
        location = hop.header("location")
        if location is None:
            raise ShapeError(f"status {hop.status} without Location", url=redact(hop.url))
        try:
            scheme = urlsplit(location.strip()).scheme.lower()
        except ValueError as error:
            raise Unsafe(f"redirect to a malformed URL: {error}", url=redact(hop.url)) from error
        if scheme not in ("", "http", "https"):
            raise Unsafe(f"redirect to scheme '{scheme[:20]}'", url=redact(hop.url))
        target = absolute(hop.url, location)
        if target is None:
            raise Unsafe("redirect to a malformed or overlong URL", url=redact(hop.url))
        return target

    def _read(self, hop: Hop, response: requests.Response, reply: Reply, *, keep: bool) -> None:
        """Take the body in piece by piece: raw into the hop, decoded into the reply where `keep`."""
        limits = self._settings.limits
        limit = limits.max_body_bytes if keep else _REDIRECT_BODY
        declared = hop.header("content-length") or ""
        if declared.isdigit() and int(declared) > limit:
            hop.truncated = "length"
            raise Unsafe(f"body declared as {declared} bytes, more than {limit}", url=redact(hop.url))
        decoder = Decoder(hop.header("content-encoding") if keep else None, limits.max_decoded_bytes)
        raw = bytearray()
        try:
            while piece := response.raw.read1(_PIECE, decode_content=False):
                raw += piece
                if len(raw) > limit:
                    del raw[limit:]
                    raise Unsafe(f"body longer than {limit} bytes", url=redact(hop.url))
                decoder.feed(piece)
            decoder.finish()
        except (HTTPError, OSError, requests.RequestException) as error:
            hop.truncated = "time" if self._deadline.passed else "disconnect"
            raise self._explain(error, hop.url) from error
        except Unsafe:
            hop.truncated = "length"
            raise
        finally:
            hop.raw = bytes(raw)
        reply.body = decoder.body if keep else b""

    def _explain(self, error: Exception, url: str) -> NewsvaneError:
        """A failure of the wire in our own words: libraries put whole URLs into theirs."""
        where = redact(url)
        if self._deadline.passed:
            seconds = self._settings.limits.exchange_timeout_s
            return Unsafe(f"not done after {seconds:g} s", url=where)
        if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
            return Unsafe(f"malformed URL ({type(error).__name__})", url=where)
        return Transient(_cause(error), url=where)


def _cause(error: BaseException) -> str:
    """The innermost cause's kind and, for the system's own errors, its words."""
    inner: BaseException = error
    while nested := (inner.__cause__ or inner.__context__):
        inner = nested
    words = {
        "ConnectionRefusedError": "connection refused",
        "ConnectionResetError": "connection reset",
        "BrokenPipeError": "connection reset",
        "RemoteDisconnected": "closed without an answer",
        "TimeoutError": "no bytes in time",
        "IncompleteRead": "closed before the declared end of the body",
        "BadStatusLine": "not an HTTP answer",
        "SSLCertVerificationError": "certificate not valid",
    }
    return words.get(type(inner).__name__, f"{type(inner).__name__}")
