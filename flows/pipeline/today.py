"""Writes today's page as markdown: what came, what is frequent, which sources have issues, alerts and closings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from flows.pipeline.digest import escaped, recent_topics, to_markdown
from flows.pipeline.health import Health, SourceHealth, read_health
from flows.settings import ROOT, Layout
from flows.warehouse.statement_query import QueryResult, run_query

_SQL: Final = ROOT / "sql" / "artifacts"
_ARTICLES: Final = "15"
_TOPICS: Final = 8
_LINK_MARKUP: Final = re.compile(r"[\\\[\]|]")
_EMPHASIS: Final = {"_": "&#95;", "*": "&#42;", "`": "&#96;"}
_URL_SAFE: Final = "/:?=&;,@%+$!*~#-._"


def today_page(layout: Layout, now: datetime, zone: str) -> str:
    """The page as of `now` (aware), times in `zone`; all text from pages is escaped, links are http(s) only.

    Raises ConfigError when no snapshot is published yet."""
    local, health = ZoneInfo(zone), read_health(layout, now)
    parts = [*_arrivals(layout, local), *_topics(layout), *_issues(health, local), *_weather(layout, health.at, zone)]
    return "\n\n".join(parts)


def link(text: str, url: str, hint: str = "") -> str:
    """A markdown link, with a hint that shows when the pointer rests on it; the text alone if the address is not
    http(s)."""
    if urlsplit(url).scheme not in ("http", "https"):
        return escaped(text)
    # In the text of a link the Prefect UI shows the backslash of an escape that is not needed there.
    shown = _LINK_MARKUP.sub(r"\\\g<0>", html.escape(" ".join(text.split()), quote=False))
    for letter, entity in _EMPHASIS.items():
        shown = shown.replace(letter, entity)
    title = ' "' + html.escape(hint).replace("|", "&#124;").replace("\\", "&#92;") + '"' if hint else ""
    return f"[{shown}](<{quote(url, safe=_URL_SAFE)}>{title})"


def _arrivals(layout: Layout, zone: ZoneInfo) -> Iterator[str]:
    found = _rows(layout, "arrivals", most=_ARTICLES)
    if not found:
        yield "## No article yet\n\nFetch with `newsvane ingest`, then load with `newsvane refresh`."
        return
    yield f"## {found[0]['arrived']} articles came in a day"
    lines = [
        f"| {' | '.join((_moment(row, zone), escaped(row['source']), link(row['title'], row['url'], _record(row))))} |"
        for row in found
    ]
    yield "\n".join(["| first seen | source | article |", "|---|---|---|", *lines])


def _moment(row: dict[str, Any], zone: ZoneInfo) -> str:
    return f"{row['first_seen_at'].astimezone(zone):%a %H:%M}"


def _record(row: dict[str, Any]) -> str:
    """Where the article's bytes are: WARC file and offset."""
    if row["warc_file"] is None:
        return ""
    return f"archived in {row['warc_file']} at byte {row['warc_offset']}"


def _topics(layout: Layout) -> Iterator[str]:
    topics = recent_topics(layout)
    if topics and topics.rows:
        yield "## Most frequent topics"
        yield to_markdown(topics.columns, topics.rows[:_TOPICS])
        yield "Articles by posted day. More: `newsvane trend rising_topics`, `newsvane report`."


def _issues(health: Health, zone: ZoneInfo) -> Iterator[str]:
    issues = [one for one in health.sources if one.state != "good"]
    yield "## Sources with issues"
    yield health_table(issues, zone) if issues else "None."


def health_table(sources: list[SourceHealth], zone: ZoneInfo) -> str:
    """The sources as a markdown table: state, reason, next step, and the times of the last read and the last news."""
    lines = [
        f"| {link(one.source, one.home or '')} | {'good' if one.state == 'good' else f'**{one.state}**'} "
        f"| {escaped(one.why)} "
        f"| {escaped(one.action)} | {_short(one.read_at, zone)} | {_short(one.news_at, zone)} |"
        for one in sources
    ]
    return "\n".join(
        ["| source | state | why | what to do | last read | last news |", "|---|---|---|---|---|---|", *lines]
    )


def _short(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%b %-d %H:%M}" if at else "never"


def _weather(layout: Layout, now: datetime, zone: str) -> Iterator[str]:
    if alerts := _rows(layout, "alerts", now=now.isoformat()):
        yield "## Alerts in force"
        rows = [
            (row["event"], row["severity"], f"{row['ends_at'].astimezone(ZoneInfo(zone)):%a %H:%M}", row["zones"])
            for row in alerts
        ]
        yield to_markdown(("alert", "severity", "until", "zones"), rows)
    if closings := _rows(layout, "closings", now=now.isoformat()):
        yield "## Closed today"
        yield to_markdown(("source", "organizations"), [tuple(row.values()) for row in closings])


def _rows(layout: Layout, name: str, **params: object) -> list[dict[str, Any]]:
    found: QueryResult = run_query(layout, _SQL / f"{name}.sql", params)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]
