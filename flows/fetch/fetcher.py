"""One job: may we ask, when, ask, judge the answer, archive it, remember it. Every URL goes through here."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.clock import Clock
from flows.errors import Refused, ShapeError, Transient, Unsafe
from flows.fetch.archive.external_warc import media_type
from flows.fetch.archive.warc_reader import page_of
from flows.fetch.archive.warc_writer import Writer
from flows.fetch.http import robots
from flows.fetch.http.client import Client, Hop, Reply
from flows.fetch.http.rate_limit import PATIENCE_S, Locks, backoff, next_slot, retry_after, spacing, wait_until
from flows.fetch.outcome import NotNow, judge, robots_tags
from flows.fetch.state.store import HostState, PageState, State
from flows.fetch.state.transitions import (
    BREAKER_AFTER,
    ROBOTS_FRESH,
    ROBOTS_RETRY,
    ROBOTS_UNREACHABLE,
    apply,
    trust_scope,
)
from flows.fetch.urls import host_port, origin, redact
from flows.model import Exchange, Find, Page, Purpose
from flows.settings import Settings
from flows.sources import Source

LAST_GOOD_HOLDS = timedelta(days=7)
_FULL_LOOK_EVERY = 10
_UNSAFE_KEPT = 64 * 1024  # enough to see what it was; a bomb is not worth its disk
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_NOT_TO_KEEP = frozenset({"noindex", "none", "noarchive"})
Read = Callable[[Page], tuple[Find, ...]]


@dataclass(slots=True)
class _FetchJob:
    """What is gathered while one URL is asked for."""

    url: str
    purpose: Purpose
    started: datetime
    waited_ms: int = 0
    attempts: int = 0
    requests: int = 0
    elapsed_s: float = 0.0
    robots_rule: str | None = None
    conditional: bool = False
    retry_after_s: float | None = None


class Fetcher:
    """Does the errands of one visit, one at a time; `exchanges` and `requests` count what was done."""

    def __init__(
        self,
        source: Source,
        settings: Settings,
        state: State,
        writer: Writer,
        client: Client,
        locks: Locks,
        clock: Clock,
    ) -> None:
        self._source, self._settings, self._state = source, settings, state
        self._writer, self._client, self._locks, self._clock = writer, client, locks, clock
        self._token = settings.identity.token
        self._parsed: dict[str, tuple[bytes, robots.Robots]] = {}
        self._jitter = random.Random()  # noqa: S311  (spreads requests, hides nothing)
        self.requests = 0
        self.found = 0
        self.files: list[str] = []

    def fetch(
        self, url: str, purpose: Purpose, *, read: Read | None = None, accept: str = "text/html,*/*;q=0.8",
        marks: tuple[Find, ...] = (),
    ) -> tuple[Exchange, Page | None]:  # fmt: skip
        """Ask for one URL and keep what came of it; returns the ledger entry and the page where it is new or changed.

        `read` gets the body of a channel, changed or not, and gives its finds; it raises ShapeError for one that
        cannot be read. `marks` go into the entry's finds as they are. No failure of the site raises.
        """
        job = _FetchJob(url, purpose, self._stamp())
        known = self._state.page(redact(url))
        hops: list[Hop] = []
        while True:
            reply = self._attempt(job, known, accept)
            hops += reply.hops
            wait_s = self._again(job, reply)
            if wait_s is None:
                break
            self._clock.sleep(wait_s)
            job.waited_ms += round(wait_s * 1000)
        exchange = self._judge(job, reply, known)
        exchange, page = self._opened(exchange, reply, read)
        return self._keep(replace(exchange, finds=(*marks, *exchange.finds)), page, hops, known), page

    def seal(self) -> None:
        """Seal the archive file begun, and only then keep what was remembered of it."""
        name = self._writer.seal()
        if name:
            self.files.append(name)
        self._state.commit(name)

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the robots.txt of a URL's origin names, as far as it is known."""
        known = self._state.robots(origin(url))
        return self._rules(known.body).sitemaps if known and known.body else []

    def crawl_delay(self, url: str) -> float | None:
        """The Crawl-delay that the robots.txt of a URL's origin asks of us, seconds, as far as it is known."""
        known = self._state.robots(origin(url))
        return self._rules(known.body).crawl_delay(self._token) if known and known.body else None

    # -- one attempt ---------------------------------------------------------------------------------------------

    def _attempt(self, job: _FetchJob, known: PageState | None, accept: str) -> Reply:
        headers = {"Accept": accept}
        if known and self._may_condition(known, job.purpose):
            job.conditional = True
            headers["If-None-Match" if known.etag else "If-Modified-Since"] = known.etag or known.last_modified or ""
        reply = self._client.get(job.url, headers, lambda hop: self._admit(hop, job))
        self._asked(reply)
        job.requests += reply.requests
        job.elapsed_s += reply.elapsed_s
        job.attempts += 1 if reply.requests else 0
        return reply

    def _may_condition(self, known: PageState, purpose: Purpose) -> bool:
        """Only where a validator has changed with its body before, never lied, and a whole look is not overdue; and
        only a body that was read for the same purpose."""
        good, bad = self._state.trust(trust_scope(known.url, known.purpose))
        has_validator = bool(known.etag or known.last_modified) and known.body_sha256 is not None
        is_proven = good > 0 and bad == 0 and known.purpose == purpose
        return has_validator and is_proven and known.unproven < _FULL_LOOK_EVERY and known.fails == 0

    def _again(self, job: _FetchJob, reply: Reply) -> float | None:
        """Seconds until the next attempt, None when there is to be none."""
        last = reply.last
        job.retry_after_s = None
        if last is not None and last.status in (429, 503):
            job.retry_after_s = retry_after(last.header("retry-after"), self._clock.now())
        failed = isinstance(reply.problem, Transient) and not isinstance(reply.problem, NotNow)
        damaged = isinstance(reply.problem, ShapeError) and reply.body == b"" and last is not None and last.raw != b""
        answered_badly = reply.problem is None and last is not None and last.status in _TRANSIENT
        if not (failed or damaged or answered_badly) or job.attempts >= self._max_attempts(job.url):
            return None
        wait_s = max(backoff(job.attempts, self._jitter), job.retry_after_s or 0.0)
        return wait_s if wait_s <= PATIENCE_S else None

    def _max_attempts(self, url: str) -> int:
        """One probe only for a host whose breaker is half open."""
        host = self._state.host(host_port(url))
        return 1 if host and host.failures >= BREAKER_AFTER else self._settings.limits.max_attempts

    def _asked(self, reply: Reply) -> None:
        self.requests += reply.requests
        now = self._clock.now()
        for hop in reply.hops:
            self._locks.asked(host_port(hop.url), now)

    # -- leave to ask --------------------------------------------------------------------------------------------

    def _admit(self, url: str, job: _FetchJob) -> None:
        """Robots, breaker and pace for one hop, waiting as long as they ask; raises Refused or NotNow."""
        delay_s = self._delay()
        if job.purpose != "robots":
            rules, unreachable = self._robots(url)
            if unreachable:
                job.robots_rule = ROBOTS_UNREACHABLE
                raise Refused(unreachable)
            allowed, rule = rules.decide(url, self._token)
            job.robots_rule = rule if job.robots_rule in (None, rule) else f"{job.robots_rule} | {rule}"
            if not allowed:
                raise Refused(f"robots.txt: {rule}")
            delay_s = max(delay_s, rules.crawl_delay(self._token) or 0.0)
        host = host_port(url)
        try:
            self._locks.hold(host)
        except Transient as busy:
            raise NotNow(busy.message) from busy
        job.waited_ms += wait_until(self._clock, self._slot(host, delay_s))
        self._locks.asked(host, self._clock.now())

    def _delay(self) -> float:
        configured = self._source.delay_s
        return self._settings.limits.default_delay_s if configured is None else configured

    def _slot(self, host: str, delay_s: float) -> datetime:
        """When the host may be asked; raises NotNow when that is beyond this run's patience."""
        now = self._clock.now()
        state = self._state.host(host) or HostState(host, now)
        for until, why in ((state.retry_until, "it asked for quiet"), (state.open_until, "its breaker is open")):
            if until and until > now + timedelta(seconds=PATIENCE_S):
                raise NotNow(f"{host} is left alone until {until:%Y-%m-%dT%H:%M:%SZ}: {why}")
        slot = next_slot(self._locks.last(host), spacing(delay_s, self._jitter), now)
        slot = max(slot, *(until for until in (state.retry_until, state.open_until, slot) if until))
        if slot > now + timedelta(seconds=PATIENCE_S):
            raise NotNow(f"{host} may be asked again at {slot:%Y-%m-%dT%H:%M:%SZ}, beyond this run's patience")
        return slot

    def _robots(self, url: str) -> tuple[robots.Robots, str]:
        """The rules for a URL's origin, fetched when older than a day, and why they cannot be had, if so.

        5xx and silence leave the last good copy in force for seven days; without one everything is refused.
        """
        where = origin(url)
        known = self._state.robots(where)
        now = self._clock.now()
        fresh = ROBOTS_FRESH if known and known.status is not None else ROBOTS_RETRY
        if known is None or now - known.checked_at >= fresh:
            self.fetch(f"{where}/robots.txt", "robots", accept="text/plain,*/*;q=0.5")
            known = self._state.robots(where)
        if known and known.good_at is not None and now - known.good_at < LAST_GOOD_HOLDS:
            return self._rules(known.body or b""), ""
        return robots.Robots(), f"{where}/robots.txt cannot be had, and that refuses (RFC 9309 2.3.1.4)"

    def _rules(self, body: bytes | None) -> robots.Robots:
        body = body or b""
        digest = hashlib.sha256(body).hexdigest()
        if digest not in self._parsed:
            self._parsed[digest] = (body, robots.parse(body))
        return self._parsed[digest][1]

    # -- the answer ----------------------------------------------------------------------------------------------

    def _judge(self, job: _FetchJob, reply: Reply, known: PageState | None) -> Exchange:
        """The ledger entry of what happened, without finds."""
        last = reply.last
        outcome, reason = judge(job.purpose, reply, known, conditional=job.conditional)
        kind, charset = media_type(last.header("content-type") or "") if last else (None, None)
        final = redact(last.url) if last else None
        good = outcome in ("new", "changed", "unchanged")
        digest = hashlib.sha256(reply.body).hexdigest() if good and reply.problem is None else None
        if last and last.status == 304 and known:
            digest = known.body_sha256
        return Exchange(
            source=self._source.name,
            url=redact(job.url),
            requested_at=job.started if not reply.hops else max(job.started, reply.hops[-1].requested_at),
            purpose=job.purpose,
            outcome=outcome,
            status=last.status if last else None,
            reason=reason,
            robots_rule=job.robots_rule,
            waited_ms=job.waited_ms,
            elapsed_ms=round(job.elapsed_s * 1000),
            attempts=job.attempts,
            bytes=sum(len(hop.raw) for hop in reply.hops),
            media_type=kind,
            charset=charset,
            final_url=final if final != redact(job.url) else None,
            redirects=tuple(redact(hop.url) for hop in reply.hops[1:]),
            etag=last.header("etag") if last else None,
            last_modified=last.header("last-modified") if last else None,
            body_sha256=digest,
            robots_tags=robots_tags(last, reply.body, kind, self._token) if good and last else (),
            retry_after_s=job.retry_after_s,
        )

    def _opened(self, exchange: Exchange, reply: Reply, read: Read | None) -> tuple[Exchange, Page | None]:
        """The page, if it is to be kept, and the entry with what a channel's body lists."""
        if exchange.outcome not in ("new", "changed", "unchanged") or exchange.status == 304:
            return exchange, None
        forbidden = _NOT_TO_KEEP.intersection(exchange.robots_tags)
        if exchange.purpose == "article" and self._source.obey_meta_robots and forbidden:
            reason = f"the page says {', '.join(sorted(forbidden))}: not kept (obey_meta_robots)"
            return replace(exchange, outcome="refused", reason=reason), None
        page = page_of(exchange, reply.body)
        if read is not None:
            try:
                exchange = replace(exchange, finds=read(page))
            except (ShapeError, Unsafe) as error:
                return replace(exchange, outcome="failed", reason=error.message), None
        return exchange, page if exchange.outcome != "unchanged" else None

    def _keep(self, exchange: Exchange, page: Page | None, hops: list[Hop], known: PageState | None) -> Exchange:
        if exchange.outcome == "refused" and exchange.robots_tags:
            for hop in hops[-1:]:
                hop.raw, hop.truncated = b"", "unspecified"
        if exchange.outcome == "unsafe":
            for hop in hops:
                hop.raw = hop.raw[:_UNSAFE_KEPT]
        exchange = self._writer.write(exchange, hops, known)
        self.found += apply(self._state, self._source, exchange, page)
        if self._writer.full:
            self.seal()
        return exchange

    def _stamp(self) -> datetime:
        """Now, but always later than the entry before: (source, url, requested_at) names one entry for good."""
        now, latest = self._clock.now(), self._state.latest
        return now if latest is None or now > latest else latest + timedelta(microseconds=1)
