"""Fetches one URL: permission, rate limit, request, retries, classification, archive and fetch state."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.clock import Clock
from flows.errors import NewsvaneError, Refused, ShapeError, Transient, Unsafe
from flows.fetch.archive.warc_reader import page_of
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.client import Client, Hop, Reply
from flows.fetch.http.headers import media_type, retry_after
from flows.fetch.http.rate_limit import MAX_WAIT_S, Locks, backoff, next_slot, wait_until
from flows.fetch.outcome import GOOD_OUTCOMES, Deferred, Unreachable, classify, has_text, robots_tags
from flows.fetch.robots_copy import RobotsCopies, read_robots
from flows.fetch.state.store import HostState, PageState, State
from flows.fetch.state.transitions import (
    BREAKER_AFTER,
    ROBOTS_UNREACHABLE,
    apply_exchange,
    trust_scope,
)
from flows.fetch.urls import host_port, listed_url, origin, redact
from flows.model import Exchange, Find, Page, Purpose
from flows.settings import Settings
from flows.sources import Source

_FULL_REQUEST_EVERY = 10
_VALIDATOR = re.compile(r"[!-~ ]{1,1000}")
_MAX_UNSAFE_BYTES = 64 * 1024  # enough to see what an unsafe body was, without spending disk space on it
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_FORBID_ARCHIVING = frozenset({"noindex", "none", "noarchive"})
ReadFinds = Callable[[Page], tuple[Find, ...]]


@dataclass(slots=True)
class _FetchJob:
    """What is counted and decided while one URL is fetched."""

    url: str
    purpose: Purpose
    started: datetime
    waited_ms: int = 0
    attempts: int = 0
    elapsed_s: float = 0.0
    robots_rule: str | None = None
    conditional: bool = False
    retry_after_s: float | None = None


class Fetcher:
    """Fetches the URLs of one run, one at a time. `requests` counts HTTP requests, `found` URLs not known before;
    `files` are the sealed archive files, relative to the data folder."""

    def __init__(
        self,
        source: Source,
        settings: Settings,
        state: State,
        writer: WarcWriter,
        client: Client,
        locks: Locks,
        clock: Clock,
    ) -> None:
        self._source, self._settings, self._state = source, settings, state
        self._writer, self._client, self._locks, self._clock = writer, client, locks, clock
        self._token = settings.identity.token
        self._robots = RobotsCopies(state, clock, self._token, self._fetch_robots)
        self._jitter = random.Random()  # noqa: S311 - spreads requests, no secret
        self.requests = 0
        self.found = 0
        self.files: list[str] = []

    def fetch(
        self, url: str, purpose: Purpose, *, read: ReadFinds | None = None, accept: str = "text/html,*/*;q=0.8",
        extra_finds: tuple[Find, ...] = (), may_condition: bool = True,
    ) -> tuple[Exchange, Page | None]:  # fmt: skip
        """Fetch one URL and archive the exchange; returns the exchange, and the page if it is new or changed.

        `read` returns the finds of a channel's body, changed or not, and raises ShapeError for a body it cannot read.
        `extra_finds` are added to the exchange; without `may_condition` the whole body is requested. A
        failure of the site does not raise.
        """
        job = _FetchJob(url, purpose, self._start_time())
        known = self._state.page(redact(url))
        job.conditional = may_condition and known is not None and self._may_condition(known, purpose)
        hops: list[Hop] = []
        while True:
            reply = self._attempt(job, known, accept)
            hops += reply.hops
            wait_s = self._retry_wait(job, reply)
            if wait_s is None:
                break
            self._clock.sleep(wait_s)
            job.waited_ms += round(wait_s * 1000)
        exchange, page = self._read(self._exchange(job, reply, known), reply, read)
        return self._keep(replace(exchange, finds=(*extra_finds, *exchange.finds)), page, hops, known), page

    def seal(self) -> None:
        """Seal the current archive file, then commit the state that its exchanges led to."""
        name = self._writer.seal()
        if name:
            self.files.append(name)
        self._state.commit(name)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps named by the robots.txt of a URL's origin; none if it was not fetched yet."""
        links = self._robots.last_good(url).sitemaps
        return [named for link in links if (named := listed_url(f"{origin(url)}/robots.txt", link))]

    def crawl_delay(self, url: str) -> float | None:
        """The Crawl-delay for us in the robots.txt of a URL's origin, in seconds; None if it was not fetched yet."""
        return self._robots.crawl_delay(url)

    def _fetch_robots(self, url: str) -> Exchange:
        return self.fetch(url, "robots", read=read_robots, accept="text/plain,*/*;q=0.5")[0]

    def is_scarce(self, url: str) -> bool:
        """Whether the Crawl-delay of a URL's origin leaves a run one request."""
        return (self.crawl_delay(url) or 0.0) > MAX_WAIT_S

    # -- one attempt ---------------------------------------------------------------------------------------------

    def _attempt(self, job: _FetchJob, known: PageState | None, accept: str) -> Reply:
        headers = {"Accept": accept}
        if known and job.conditional:
            headers["If-None-Match" if known.etag else "If-Modified-Since"] = known.etag or known.last_modified or ""
        refresh = job.purpose != "robots"
        reply = self._client.get(job.url, headers, lambda hop: self._permit(hop, job), refresh=refresh)
        self._record_requests(reply)
        job.elapsed_s += reply.elapsed_s
        job.attempts += 1 if reply.requests else 0
        return reply

    def _may_condition(self, known: PageState, purpose: Purpose) -> bool:
        """Whether to send a conditional request: the validator changed together with the body before and was never
        wrong, the body was fetched for the same purpose, and a full request is not overdue."""
        good, bad = self._state.trust(trust_scope(known.url, known.purpose))
        validator = known.etag or known.last_modified or ""
        has_validator = bool(_VALIDATOR.fullmatch(validator)) and known.body_sha256 is not None
        is_proven = good > 0 and bad == 0 and known.purpose == purpose
        return has_validator and is_proven and known.unproven < _FULL_REQUEST_EVERY and known.fails == 0

    def _retry_wait(self, job: _FetchJob, reply: Reply) -> float | None:
        """Seconds to wait before the next attempt; None if this was the last one."""
        last = reply.last
        job.retry_after_s = None
        if last is not None and last.status in (429, 503):
            job.retry_after_s = retry_after(last.header("retry-after"), self._clock.now())
        if not _is_retryable(reply) or job.attempts >= self._max_attempts(job.url):
            return None
        wait_s = max(backoff(job.attempts, self._jitter), job.retry_after_s or 0.0)
        return wait_s if wait_s <= MAX_WAIT_S else None

    def _max_attempts(self, url: str) -> int:
        """A host whose breaker is half open gets a single attempt."""
        host = self._state.host(host_port(url))
        return 1 if host and host.failures >= BREAKER_AFTER else self._settings.limits.max_attempts

    def _record_requests(self, reply: Reply) -> None:
        self.requests += reply.requests
        now = self._clock.now()
        for hop in reply.hops:
            self._locks.record_request(host_port(hop.url), now)

    # -- permission and rate limit ---------------------------------------------------------------------------------

    def _permit(self, url: str, job: _FetchJob) -> None:
        """Check robots.txt, breaker and rate limit for one hop and wait as required; raises Refused or Deferred, and
        Unreachable or Unsafe where robots.txt could not be requested."""
        delay_s = self._source.delay(self._settings.limits)
        if job.purpose != "robots":
            try:
                rules = self._robots.rules(url)
            except NewsvaneError:
                job.robots_rule = ROBOTS_UNREACHABLE
                raise
            is_allowed, rule = rules.decide(url, self._token)
            job.robots_rule = rule if job.robots_rule in (None, rule) else f"{job.robots_rule} | {rule}"
            if not is_allowed:
                raise Refused(f"robots.txt: {rule}")
            delay_s = max(delay_s, rules.crawl_delay(self._token) or 0.0)
        elif url == job.url:  # not for a redirect: at a delay of a day the file would never be read
            delay_s = max(delay_s, self.crawl_delay(url) or 0.0)
        host = host_port(url)
        try:
            self._locks.acquire(host)
        except Transient as busy:
            raise Deferred(busy.message) from busy
        job.waited_ms += wait_until(self._clock, self._slot(host, delay_s))
        self._locks.record_request(host, self._clock.now())

    def _slot(self, host: str, delay_s: float) -> datetime:
        """The time of the host's next request; raises Deferred if that is too late for this run."""
        now = self._clock.now()
        latest = now + timedelta(seconds=MAX_WAIT_S)
        state = self._state.host(host) or HostState(host, now)
        for until, why in ((state.retry_until, "it sent Retry-After"), (state.open_until, "its breaker is open")):
            if until and until > latest:
                raise Deferred(f"no requests to {host} until {until:%Y-%m-%dT%H:%M:%SZ}: {why}")
        last = self._locks.last_request(host)
        if last is not None and last > now:  # the clock was set back: the delay counts from now, also for later runs
            last = now
            self._locks.record_request(host, last)
        slot = next_slot(last, delay_s, now)
        slot = max(slot, *(until for until in (state.retry_until, state.open_until, slot) if until))
        if slot > latest:
            raise Deferred(
                f"the next request to {host} is due at {slot:%Y-%m-%dT%H:%M:%SZ}, later than this run waits"
                f" ({MAX_WAIT_S:g} s)"
            )
        return slot

    # -- the result ------------------------------------------------------------------------------------------------

    def _exchange(self, job: _FetchJob, reply: Reply, known: PageState | None) -> Exchange:
        """The exchange without its finds."""
        last = reply.last
        outcome, reason = classify(job.purpose, reply, known, conditional=job.conditional)
        is_good = outcome in GOOD_OUTCOMES
        exchange = Exchange(
            source=self._source.name,
            url=redact(job.url),
            requested_at=job.started if not reply.hops else max(job.started, reply.hops[-1].requested_at),
            purpose=job.purpose,
            outcome=outcome,
            reason=reason,
            robots_rule=job.robots_rule,
            waited_ms=job.waited_ms,
            elapsed_ms=round(job.elapsed_s * 1000),
            attempts=job.attempts,
            bytes=sum(len(hop.raw) for hop in reply.hops),
            redirects=tuple(redact(hop.url) for hop in reply.hops[1:]),
            body_sha256=hashlib.sha256(reply.body).hexdigest() if is_good else None,
            retry_after_s=job.retry_after_s,
        )
        if last is None:
            return exchange
        kind, charset = media_type(last.header("content-type") or "")
        final = redact(last.url)
        return replace(
            exchange,
            status=last.status,
            media_type=kind,
            charset=charset,
            final_url=final if final != exchange.url else None,
            etag=last.header("etag"),
            last_modified=last.header("last-modified"),
            body_sha256=known.body_sha256 if last.status == 304 and known else exchange.body_sha256,
            robots_tags=robots_tags(last, reply.body, kind, self._token) if is_good else (),
        )

    def _read(self, exchange: Exchange, reply: Reply, read: ReadFinds | None) -> tuple[Exchange, Page | None]:
        """The exchange with the finds in its body, and the page if it is to be kept."""
        if exchange.outcome not in GOOD_OUTCOMES or exchange.status == 304:
            return exchange, None
        forbidden = _FORBID_ARCHIVING.intersection(exchange.robots_tags)
        if exchange.purpose == "article" and self._source.obey_meta_robots and forbidden:
            reason = f"the page's robots tag is {', '.join(sorted(forbidden))}: not archived (obey_meta_robots)"
            return replace(exchange, outcome="refused", reason=reason), None
        if exchange.purpose == "article" and not has_text(reply.body):
            return replace(exchange, outcome="failed", reason="the page has no text"), None
        page = page_of(exchange, reply.body)
        if read is not None:
            try:
                exchange = replace(exchange, finds=read(page))
            except (ShapeError, Unsafe) as error:
                return replace(exchange, outcome="failed", reason=error.message), None
        return exchange, page if exchange.outcome != "unchanged" else None

    def _keep(self, exchange: Exchange, page: Page | None, hops: list[Hop], known: PageState | None) -> Exchange:
        """Archive the exchange and apply it to the state."""
        if exchange.outcome == "refused" and exchange.robots_tags:
            for hop in hops[-1:]:
                hop.raw, hop.truncated = b"", "unspecified"
        if exchange.outcome == "unsafe":
            for hop in hops:
                hop.raw = hop.raw[:_MAX_UNSAFE_BYTES]
        exchange = self._writer.write(exchange, hops, known)
        self.found += apply_exchange(self._state, self._source, exchange, page)
        if self._writer.full:
            self.seal()
        return exchange

    def _start_time(self) -> datetime:
        """Now, but later than the exchange before: (source, url, requested_at) identifies one exchange."""
        now, latest = self._clock.now(), self._state.latest
        return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def _is_retryable(reply: Reply) -> bool:
    """Whether another attempt may succeed: a network failure, a transient status, or a damaged body."""
    if reply.problem is None:
        return reply.last is not None and reply.last.status in _TRANSIENT
    if isinstance(reply.problem, Transient):
        return not isinstance(reply.problem, (Deferred, Unreachable))
    is_damaged = reply.body == b"" and reply.last is not None and reply.last.raw != b""
    return isinstance(reply.problem, ShapeError) and is_damaged
