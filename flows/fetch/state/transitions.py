"""Applies one exchange to the fetch state; the same code runs live, after a crash and in a rebuild."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from flows.fetch.http.headers import MAX_RETRY_AFTER_S
from flows.fetch.outcome import GOOD_OUTCOMES
from flows.fetch.state.store import HostState, PageState, RobotsState, State
from flows.fetch.urls import belongs, canonical, host_port, is_file, is_redacted, origin
from flows.model import Exchange, Page
from flows.sources import Source

CHANNELS = ("feed", "sitemap", "section")
_PRIORITY = {"feed": 0, "section": 1}
_SITEMAP_PRIORITY = 2

ROBOTS_FRESH = timedelta(hours=24)
ROBOTS_RETRY = timedelta(hours=1)
ROBOTS_UNREACHABLE = "(robots.txt cannot be had)"  # stored in archives: a change would break their rebuild
_MIN_INTERVAL_S = {"feed": 300.0, "section": 300.0, "sitemap": 900.0}
_MAX_INTERVAL_S = {"feed": 6 * 3600.0, "section": 6 * 3600.0, "sitemap": 24 * 3600.0}
_SLACK = timedelta(hours=1)
FIRST_INTERVAL_S = {"feed": 1800.0, "section": 3600.0, "sitemap": 3 * 3600.0}

REVISIT_EARLY = timedelta(minutes=5)  # a page fetched at the end of a run an hour ago is due in this run

_EARLY = timedelta(minutes=2)  # more than any schedule deviates

BREAKER_AFTER = 5
_BREAKER_FIRST = timedelta(seconds=60)
_BREAKER_MAX = timedelta(hours=1)

_RETRY_FIRST = timedelta(minutes=10)
_RETRY_MAX = timedelta(hours=24)
_MAX_FAILS = 20
_GONE_RECHECK = timedelta(hours=24)
# The waits after consecutive refusals. robots.txt is fetched daily and a consent wall may be temporary, so these are
# rechecked soon; 401, 403 and 451 are meant for us.
_REFUSED_RECHECKS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
_DENIED_RECHECKS = (timedelta(days=7), timedelta(days=7))
_DENIED = frozenset({401, 403, 451})


def correct_clock(state: State, source: Source, now: datetime) -> int:
    """Make due again what a run under a clock ahead of `now` has put off; returns the number of rows corrected."""
    revisit = timedelta(hours=max(source.revisit_hours, default=0))
    longest = {
        "channel": timedelta(seconds=max(_MAX_INTERVAL_S.values())) + _SLACK,
        "page": max(revisit, *_REFUSED_RECHECKS) + _SLACK,
        "breaker": _BREAKER_MAX + _SLACK,
        "retry": timedelta(seconds=MAX_RETRY_AFTER_S) + _SLACK,
        "robots": ROBOTS_FRESH,
    }
    return state.correct_clock(now, longest)


def apply_exchange(state: State, source: Source, exchange: Exchange, page: Page | None) -> int:
    """Apply one exchange; `page` is its body if it brought a new one. Returns the number of URLs not known before."""
    state.latest = max(state.latest or exchange.requested_at, exchange.requested_at)
    if exchange.attempts:
        _update_host(state, exchange)
    if exchange.purpose == "robots":
        _update_robots(state, exchange, page)
        return 0
    found = _add_finds(state, source, exchange)
    state.add_page(exchange.url, exchange.purpose, exchange.requested_at)
    known = state.page(exchange.url)
    assert known is not None  # just added
    before = known.body_sha256
    if exchange.purpose in CHANNELS:
        known.purpose = exchange.purpose  # a list may have named it as an article
    _compare_validator(state, exchange, known)
    due = known.next_due
    _update_page(source, exchange, known)
    if exchange.purpose in CHANNELS:
        _update_interval(exchange, known, found, due)
    state.put_page(known)
    if exchange.purpose in ("points", "stations"):
        _store_response(state, exchange, page)
    if exchange.purpose == "history" and exchange.outcome in GOOD_OUTCOMES:
        _note_places(state, exchange, before)
    return found


def _update_host(state: State, exchange: Exchange) -> None:
    host = state.host(host_port(exchange.url)) or HostState(host_port(exchange.url), exchange.requested_at)
    at = exchange.requested_at + timedelta(milliseconds=exchange.elapsed_ms)
    host.last_at = max(host.last_at, at)
    if is_host_failure(exchange):
        host.failures += 1
        if host.failures >= BREAKER_AFTER:
            wait = _BREAKER_FIRST * 2 ** min(host.failures - BREAKER_AFTER, 10)
            host.open_until = at + min(wait, _BREAKER_MAX)
    else:
        host.failures, host.open_until = 0, None
    if exchange.retry_after_s is not None:
        host.retry_until = at + timedelta(seconds=exchange.retry_after_s)
    state.put_host(host)


def is_host_failure(exchange: Exchange) -> bool:
    """Whether an exchange shows a problem of the host (no response, 429, 5xx) and not only of the page."""
    if exchange.status is None:
        return exchange.outcome in ("failed", "unsafe")
    return exchange.status == 429 or exchange.status >= 500


def _update_robots(state: State, exchange: Exchange, page: Page | None) -> None:
    """RFC 9309 2.3.1: a 2xx brings a copy, a 4xx means no rules; a 5xx or no response keeps the last good copy."""
    if exchange.outcome == "skipped":
        return
    where = origin(exchange.url)
    known = state.robots(where) or RobotsState(where, exchange.requested_at, None, None, None)
    known.checked_at, known.status = exchange.requested_at, exchange.status
    if exchange.outcome in GOOD_OUTCOMES:
        known.good_at = exchange.requested_at
        if page is not None:
            known.body = page.body if isinstance(page.body, bytes) else page.body.encode()
    elif is_absent(exchange):
        known.good_at, known.body = exchange.requested_at, b""
    else:
        known.status = None
        cause = {"outcome": exchange.outcome, "status": exchange.status, "reason": exchange.reason}
        state.put_note(robots_note(where), json.dumps(cause).encode(), exchange.requested_at)
    state.put_robots(known)


def robots_note(where: str) -> str:
    """The key of the note that says why the robots.txt of an origin could not be read: outcome, status and reason."""
    return f"robots {where}"


def is_absent(exchange: Exchange) -> bool:
    """Whether the response says that there is no robots.txt: any 4xx except 429, which asks us to slow down."""
    return exchange.status is not None and 400 <= exchange.status < 500 and exchange.status != 429


def _add_finds(state: State, source: Source, exchange: Exchange) -> int:
    found = 0
    for find in exchange.finds:
        if find.channel not in CHANNELS or is_redacted(find.url) or not belongs(find.url, source) or is_file(find.url):
            continue
        priority = _PRIORITY.get(find.channel, _SITEMAP_PRIORITY)
        found += state.add_page(canonical(find.url), "article", exchange.requested_at, priority)
    return found


def trust_scope(url: str, purpose: str) -> str:
    """The scope whose validators are counted together: a channel by itself, articles by host."""
    return f"{purpose} {host_port(url)}" if purpose == "article" else url


def _compare_validator(state: State, exchange: Exchange, known: PageState) -> None:
    """When a full body changed, count whether its validator (ETag, else Last-Modified) changed with it."""
    before = known.etag or known.last_modified
    after = exchange.etag or exchange.last_modified
    if exchange.outcome == "changed" and exchange.status == 200 and before and after:
        scope = trust_scope(exchange.url, exchange.purpose)
        state.add_trust(scope, good=int(before != after), bad=int(before == after))


def _update_page(source: Source, exchange: Exchange, known: PageState) -> None:
    at = exchange.requested_at
    if exchange.outcome == "skipped":
        return
    is_other = known.outcome is not None and _failure_kind(known.outcome) != _failure_kind(exchange.outcome)
    known.outcome = exchange.outcome
    if exchange.outcome in GOOD_OUTCOMES:
        _record_good(source, exchange, known)
    elif exchange.robots_rule == ROBOTS_UNREACHABLE:
        known.next_due = at + ROBOTS_RETRY  # the page itself was not refused
    else:
        known.fails = 1 if is_other else known.fails + 1
        wait = _wait_after_failure(exchange, known.fails)
        known.next_due = None if wait is None else at + wait


def _failure_kind(outcome: str) -> str:
    """Consecutive failures are counted by kind: two network failures and a refusal are not three refusals."""
    return "failed" if outcome == "unsafe" else outcome


def _wait_after_failure(exchange: Exchange, fails: int) -> timedelta | None:
    """How long to wait after so many consecutive failures of one kind; None if the page is given up."""
    if exchange.outcome == "gone":
        return _GONE_RECHECK if fails < 2 else None
    if exchange.outcome == "refused":
        rechecks = _DENIED_RECHECKS if exchange.status in _DENIED else _REFUSED_RECHECKS
        return rechecks[fails - 1] if fails <= len(rechecks) else None
    return min(_RETRY_FIRST * 2 ** min(fails - 1, 10), _RETRY_MAX) if fails < _MAX_FAILS else None


def _record_good(source: Source, exchange: Exchange, known: PageState) -> None:
    at = exchange.requested_at
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


def _update_interval(exchange: Exchange, known: PageState, found: int, due: datetime | None) -> None:
    """Lengthen a channel's interval if over two thirds of its entries were known, shorten it if under one third were.

    A good response long before the channel was `due` (after an interrupted run) does not change the interval.
    """
    is_good = exchange.outcome in GOOD_OUTCOMES
    is_early = due is not None and exchange.requested_at + _EARLY < due
    if is_early and known.interval_s and is_good:
        known.next_due = due
        return
    kind = exchange.purpose
    interval = known.interval_s or FIRST_INTERVAL_S[kind]
    if is_good:
        if known.visits > 1:
            interval *= _interval_factor(exchange, found)
        known.interval_s = min(max(interval, _MIN_INTERVAL_S[kind]), _MAX_INTERVAL_S[kind])
        known.next_due = exchange.requested_at + timedelta(seconds=known.interval_s)
    elif exchange.outcome != "skipped":
        known.interval_s = interval
        retry = min(interval, 1800.0 if exchange.outcome == "failed" else 24 * 3600.0)
        known.next_due = exchange.requested_at + timedelta(seconds=retry)


def _interval_factor(exchange: Exchange, found: int) -> float:
    entries = len({canonical(find.url) for find in exchange.finds})
    known_share = 1.0 if exchange.outcome == "unchanged" or not entries else 1 - found / entries
    if known_share > 2 / 3:
        return 1.5
    return 1 / 1.5 if known_share < 1 / 3 else 1.0


def places_note(url: str) -> str:
    """The key of the note of a URL of weather history: its places, a line each, and when it was last known to be up to
    date."""
    return f"places {url}"


def _note_places(state: State, exchange: Exchange, body_before: str | None) -> None:
    """Note the places that the body of a URL was archived for: one more with each copy of the same body, and anew with
    another body. A response without a body, which is not loaded for any place, moves the time only; a copy does not."""
    noted = state.note(places_note(exchange.url))
    places = set(noted[0].decode().splitlines()) if noted and exchange.body_sha256 == body_before else set()
    if exchange.outcome != "unchanged":
        places |= {find.slot for find in exchange.finds if find.channel == "place"}
    at = noted[1] if noted and not exchange.attempts else exchange.requested_at
    state.put_note(places_note(exchange.url), "\n".join(sorted(places)).encode(), at)


def _store_response(state: State, exchange: Exchange, page: Page | None) -> None:
    """Store responses for NWS points and stations: they are valid for weeks."""
    if exchange.outcome not in GOOD_OUTCOMES:
        return
    if page is not None:
        body = page.body if isinstance(page.body, bytes) else page.body.encode()
        state.put_note(exchange.url, body, exchange.requested_at)
    elif stored := state.note(exchange.url):
        state.put_note(exchange.url, stored[0], exchange.requested_at)
