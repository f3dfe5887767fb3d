"""Decides which parser reads an exchange, and adds the parsed records to the batch being staged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from flows.captures import asked_capture
from flows.errors import ShapeError
from flows.fetch.archive.external_warc import is_damage
from flows.fetch.http.decode import binary_kind
from flows.fetch.state.transitions import CHANNELS
from flows.fetch.urls import canonical, redact
from flows.hosts import bare_host
from flows.model import UNDATED, Exchange, Page
from flows.parse import Context, parse, parse_closings, parse_history, parse_nws
from flows.pipeline.article_key import article_key
from flows.pipeline.selection import ALL, Selection
from flows.warehouse.batch import Batch
from flows.weather_model import WeatherHistory

# A response of one of these media types is not an article page, even if a feed or section listed its URL as one.
_NOT_A_PAGE: Final = re.compile(
    r"(image|audio|video|font)/|text/(xml|css|csv|calendar|javascript)"
    r"|application/(xml|json|pdf|zip|gzip|javascript|msword|vnd\.|(rss|atom|rdf)\+xml|[a-z.]+\+json)"
)
# The names under which pages of any site are fetched, from a web archive and from the sites themselves.
WEB_ARCHIVE: Final = "web-archive"
URL_LIST: Final = "url-list"
# By less a clock may be wrong without harm for long: the newest day of a warehouse is where trends and health end.
_MOST_AHEAD: Final = timedelta(days=366)
_FIRST_DAY: Final = datetime(1991, 1, 1, tzinfo=UTC)
_NWS: Final = ("points", "stations", "observations", "forecast", "alerts")


def add_exchange(
    batch: Batch, exchange: Exchange, page: Page | None, context: Context, selection: Selection = ALL
) -> bool:
    """Add one exchange to `batch`, with the records that the parser for its purpose reads from `page`; whether it was
    added, which `selection` decides.

    A page whose shape the parser does not know becomes a fetch row only; no error is raised. Damage is always added.
    """
    if not is_damage(exchange) and not selection.takes(exchange):
        return False
    exchange, page = _with_known_time(*_with_configured_source(exchange, page, context), context)
    if page is None:
        batch.add(exchange)
    elif exchange.purpose == "closings":
        batch.add_closings(exchange, parse_closings(page, context))
    elif exchange.purpose in _NWS:
        _add_nws(batch, exchange, page)
    elif exchange.purpose == "history":
        _add_history(batch, exchange, page)
    elif exchange.purpose in ("article", "section") and _is_readable(page):
        parsed = parse(page, context)
        if not selection.takes_language(parsed.lang):
            return False
        batch.add(exchange, parsed, article_key(parsed, canonical(page.url, parsed.canonical_url)))
    else:
        batch.add(exchange)
    return True


def _with_known_time(exchange: Exchange, page: Page | None, context: Context) -> tuple[Exchange, Page | None]:
    """The time of an exchange that is dated more than a year ahead, or before there was a web, is unknown: the clock of
    its run was wrong."""
    if _is_possible(exchange, context):
        return exchange, page
    return replace(exchange, requested_at=UNDATED), replace(page, captured_at=None) if page else None


def _is_possible(exchange: Exchange, context: Context) -> bool:
    """Whether an exchange can have its time; simulated stations have a clock of their own."""
    source = context.catalog.sources.get(exchange.source)
    is_simulated = source is not None and source.kind == "simulated"
    return is_simulated or _FIRST_DAY <= exchange.requested_at <= datetime.now(UTC) + _MOST_AHEAD


def _is_readable(page: Page) -> bool:
    """Whether a response can be an article or a list: its media type is a page's; neither empty nor binary."""
    if _NOT_A_PAGE.match(page.media_type) or not page.body.strip():
        return False
    return isinstance(page.body, str) or binary_kind(page.body) is None


def _add_nws(batch: Batch, exchange: Exchange, page: Page) -> None:
    try:
        answer = parse_nws(page, exchange.purpose)
    except ShapeError:
        batch.add(exchange)
        return
    batch.add_nws(exchange, answer, _places_of(exchange))


def _add_history(batch: Batch, exchange: Exchange, page: Page) -> None:
    try:
        history: WeatherHistory | ShapeError = parse_history(page)
    except ShapeError as error:
        history = error
    batch.add_history(exchange, history, _places_of(exchange))


def _places_of(exchange: Exchange) -> list[str]:
    """The keys of the places that a weather request was made for."""
    return [find.slot for find in exchange.finds if find.channel == "place"]


def _with_configured_source(exchange: Exchange, page: Page | None, context: Context) -> tuple[Exchange, Page | None]:
    """A WARC made by another tool names only hosts: assign its pages to the configured source of that host, if any. A
    capture that a web archive was asked for is an exchange with the site at the time of the capture."""
    if exchange.source in context.catalog.sources:
        return exchange, page
    if exchange.source == WEB_ARCHIVE:
        found = asked_capture(exchange.final_url or exchange.url) if page else None
        if page is None or found is None:
            return exchange, page  # an exchange with the archive itself
        url, at = redact(found[0]), found[1]
        exchange = replace(exchange, url=url, final_url=None, requested_at=at)
        page = replace(page, url=url, captured_at=at)
    source = context.catalog.by_url(exchange.url)
    is_of_any = exchange.source in (WEB_ARCHIVE, URL_LIST)
    name = source.name if source else _host_name(exchange) if is_of_any else exchange.source
    return replace(exchange, source=name), replace(page, source=name) if page else None


def _host_name(exchange: Exchange) -> str:
    """What a site without a config file is called, whoever fetched its page: its host."""
    is_page = exchange.purpose in ("article", *CHANNELS)
    return bare_host(exchange.url) if is_page else exchange.source
