"""How one ledger entry changes what is remembered: the same code live, after a crash, and in a rebuild."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.fetch.state.store import HostState, PageState, RobotsState, State
from flows.fetch.urls import belongs, canonical, host_port, is_file, is_redacted, origin
from flows.model import Exchange, Page
from flows.sources import Source

CHANNELS = ("feed", "sitemap", "section")
_PRIORITY = {"feed": 0, "section": 1}
_SITEMAP_PRIORITY = 2

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)
ROBOTS_UNREACHABLE = "(robots.txt cannot be had)"
_SHORTEST = {"feed": 300.0, "section": 300.0, "sitemap": 900.0}
_LONGEST = {"feed": 6 * 3600.0, "section": 6 * 3600.0, "sitemap": 24 * 3600.0}
FIRST_INTERVAL = {"feed": 1800.0, "section": 3600.0, "sitemap": 3 * 3600.0}

REVISIT_EARLY = timedelta(minutes=5)  # a page fetched late in the run an hour ago is due in this run already

_EARLY = timedelta(minutes=2)  # more than a schedule is ever off by

BREAKER_AFTER = 5
_BREAKER_FIRST = timedelta(seconds=60)
_BREAKER_LONGEST = timedelta(hours=1)

_RETRY_FIRST = timedelta(minutes=10)
_RETRY_LONGEST = timedelta(hours=24)
_MAX_FAILS = 20
_GONE_RECHECK = timedelta(hours=24)
# After the first, second ... refusal in a row. robots.txt is read again each day, and a wall can be a passing one; an
# answer of 401, 403 or 451 is meant for us.
_REFUSED_RECHECKS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
_DENIED_RECHECKS = (timedelta(days=7), timedelta(days=7))
_DENIED = frozenset({401, 403, 451})


def apply(state: State, source: Source, exchange: Exchange, page: Page | None) -> int:
    """Fold one ledger entry in; `page` is its body where there was a new one. Returns how many URLs were not known."""
    state.latest = max(state.latest or exchange.requested_at, exchange.requested_at)
    if exchange.attempts:
        _host(state, exchange)
    if exchange.purpose == "robots":
        _robots(state, exchange, page)
        return 0
    found = _finds(state, source, exchange)
    state.add_page(exchange.url, exchange.purpose, exchange.requested_at)
    remembered = state.page(exchange.url)
    assert remembered is not None  # just added
    if exchange.purpose in CHANNELS:
        remembered.purpose = exchange.purpose  # some list had named it as an article
    _trust(state, exchange, remembered)
    due = remembered.next_due
    _remember(source, exchange, remembered)
    if exchange.purpose in CHANNELS:
        _interval(exchange, remembered, found, due)
    state.put_page(remembered)
    if exchange.purpose in ("points", "stations"):
        _note(state, exchange, page)
    return found


def _host(state: State, exchange: Exchange) -> None:
    host = state.host(host_port(exchange.url)) or HostState(host_port(exchange.url), exchange.requested_at)
    at = exchange.requested_at + timedelta(milliseconds=exchange.elapsed_ms)
    host.last_at = max(host.last_at, at)
    if is_host_failure(exchange):
        host.failures += 1
        if host.failures >= BREAKER_AFTER:
            longer = _BREAKER_FIRST * 2 ** min(host.failures - BREAKER_AFTER, 10)
            host.open_until = at + min(longer, _BREAKER_LONGEST)
    else:
        host.failures, host.open_until = 0, None
    if exchange.retry_after_s is not None:
        host.retry_until = at + timedelta(seconds=exchange.retry_after_s)
    state.put_host(host)


def is_host_failure(exchange: Exchange) -> bool:
    """Whether an entry speaks against its host (no answer, 429, 5xx), not just against its page."""
    if exchange.status is None:
        return exchange.outcome in ("failed", "unsafe")
    return exchange.status == 429 or exchange.status >= 500


def _robots(state: State, exchange: Exchange, page: Page | None) -> None:
    """RFC 9309 2.3.1: 2xx is a copy, 4xx says there are no rules, 5xx and silence leave the last good copy."""
    where = origin(exchange.url)
    known = state.robots(where) or RobotsState(where, exchange.requested_at, None, None, None)
    known.checked_at, known.status = exchange.requested_at, exchange.status
    if exchange.outcome in ("new", "changed", "unchanged"):
        known.good_at = exchange.requested_at
        if page is not None:
            known.body = page.body if isinstance(page.body, bytes) else page.body.encode()
    elif is_absent(exchange):
        known.good_at, known.body = exchange.requested_at, b""
    else:
        known.status = None
    state.put_robots(known)


def is_absent(exchange: Exchange) -> bool:
    """Whether a robots.txt answered that it does not exist: any 4xx but 429, which is a plea for quiet."""
    return exchange.status is not None and 400 <= exchange.status < 500 and exchange.status != 429


def _finds(state: State, source: Source, exchange: Exchange) -> int:
    found = 0
    for find in exchange.finds:
        if find.channel not in CHANNELS or is_redacted(find.url) or not belongs(find.url, source) or is_file(find.url):
            continue
        priority = _PRIORITY.get(find.channel, _SITEMAP_PRIORITY)
        found += state.add_page(canonical(find.url), "article", exchange.requested_at, priority)
    return found


def trust_scope(url: str, purpose: str) -> str:
    """What a validator's record is kept for: a channel by itself, articles by host."""
    return f"{purpose} {host_port(url)}" if purpose == "article" else url


def validator(etag: str | None, last_modified: str | None) -> str | None:
    """The validator that counts: the ETag, else Last-Modified."""
    return etag or last_modified


def _trust(state: State, exchange: Exchange, known: PageState) -> None:
    """Compare two whole bodies of one URL: did the validator tell them apart?"""
    before = validator(known.etag, known.last_modified)
    after = validator(exchange.etag, exchange.last_modified)
    if exchange.outcome == "changed" and exchange.status == 200 and before and after:
        scope = trust_scope(exchange.url, exchange.purpose)
        state.add_trust(scope, good=int(before != after), bad=int(before == after))


def _remember(source: Source, exchange: Exchange, known: PageState) -> None:
    at = exchange.requested_at
    if exchange.outcome == "skipped":
        return
    is_other = known.outcome is not None and _kind_of_failure(known.outcome) != _kind_of_failure(exchange.outcome)
    known.outcome = exchange.outcome
    if exchange.outcome in ("new", "changed", "unchanged"):
        _good(source, exchange, known, at)
        return
    if exchange.robots_rule == ROBOTS_UNREACHABLE:
        known.next_due = at + ROBOTS_RETRY  # nothing was said about this page
        return
    known.fails = 1 if is_other else known.fails + 1
    if exchange.outcome == "gone":
        known.next_due = at + _GONE_RECHECK if known.fails < 2 else None
    elif exchange.outcome == "refused":
        rechecks = _DENIED_RECHECKS if exchange.status in _DENIED else _REFUSED_RECHECKS
        known.next_due = at + rechecks[known.fails - 1] if known.fails <= len(rechecks) else None
    else:
        wait = min(_RETRY_FIRST * 2 ** min(known.fails - 1, 10), _RETRY_LONGEST)
        known.next_due = at + wait if known.fails < _MAX_FAILS else None


def _kind_of_failure(outcome: str) -> str:
    """What is counted in a row: two bad lines and one refusal do not make three refusals."""
    return "failed" if outcome == "unsafe" else outcome


def _good(source: Source, exchange: Exchange, known: PageState, at: datetime) -> None:
    known.fails = 0
    known.visits += 1
    known.fetched_at = known.fetched_at or at
    known.unproven = known.unproven + 1 if exchange.status == 304 else 0
    known.body_sha256 = exchange.body_sha256
    if exchange.outcome != "unchanged":
        known.captured_at = at
    if exchange.status != 304:
        known.etag, known.last_modified = exchange.etag, exchange.last_modified
    ages = [timedelta(hours=hours) for hours in source.revisit_hours]
    ahead = [known.fetched_at + age for age in ages if known.fetched_at + age > at + REVISIT_EARLY]
    known.next_due = min(ahead, default=None) if exchange.purpose == "article" else None


def _interval(exchange: Exchange, known: PageState, found: int, due: datetime | None) -> None:
    """Look less often where over two thirds were known, more often where under one third was.

    A good look long before the channel was `due` (after a run that was cut off) says nothing of its pace.
    """
    is_early = due is not None and exchange.requested_at + _EARLY < due
    if is_early and known.interval_s and exchange.outcome in ("new", "changed", "unchanged"):
        known.next_due = due
        return
    kind = exchange.purpose
    interval = known.interval_s or FIRST_INTERVAL[kind]
    if exchange.outcome in ("new", "changed", "unchanged"):
        entries = len({canonical(find.url) for find in exchange.finds})
        seen = 1.0 if exchange.outcome == "unchanged" or not entries else 1 - found / entries
        if known.visits > 1:
            interval *= 1.5 if seen > 2 / 3 else 1 / 1.5 if seen < 1 / 3 else 1
        known.interval_s = min(max(interval, _SHORTEST[kind]), _LONGEST[kind])
        known.next_due = exchange.requested_at + timedelta(seconds=known.interval_s)
    elif exchange.outcome != "skipped":
        known.interval_s = interval
        retry = min(interval, 1800.0 if exchange.outcome == "failed" else 24 * 3600.0)
        known.next_due = exchange.requested_at + timedelta(seconds=retry)


def _note(state: State, exchange: Exchange, page: Page | None) -> None:
    """NWS points and stations are kept whole: they hold for weeks."""
    if exchange.outcome not in ("new", "changed", "unchanged"):
        return
    if page is not None:
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        state.put_note(exchange.url, body, exchange.requested_at)
    elif known := state.note(exchange.url):
        state.put_note(exchange.url, known[0], exchange.requested_at)
