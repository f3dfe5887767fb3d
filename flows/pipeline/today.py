"""Writes today's page as markdown: what came, what rises, which sources have issues, weather, alerts and closings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from textwrap import shorten
from typing import Any, Final
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from flows.counts import count_text
from flows.data_layout import Layout
from flows.pipeline.digest import escaped, recent_topics, to_markdown
from flows.pipeline.health import Health, SourceHealth, read_health
from flows.settings import ROOT, Settings
from flows.warehouse.statement_query import run_query
from flows.web.day_facts import alerts, day_summary, readings, rising
from flows.web.explorer import Explorer, Row
from flows.web.wording import day_text, value_text

_ARRIVALS: Final = ROOT / "sql" / "artifacts" / "arrivals.sql"
_ARTICLES: Final = "10"
_TOPICS: Final = 5
_PLACES: Final = 8
_ALERTS: Final = 6
_CLOSINGS: Final = 8
_NAMES: Final = 200  # characters
_LINK_MARKUP: Final = re.compile(r"[\\\[\]|]")
_EMPHASIS: Final = {"_": "&#95;", "*": "&#42;", "`": "&#96;"}
_URL_SAFE: Final = "/:?=&;,@%+$!*~#-._"


def today_page(layout: Layout, now: datetime, settings: Settings) -> str:
    """The page as of `now` (aware), times in the zone of the server; all text from pages is escaped, links are http(s)
    only and lead to the explorer where config has one.

    Raises ConfigError when no snapshot is published yet."""
    health = read_health(layout, now)
    explorer = Explorer(layout, settings, now=lambda: health.at)
    base, day = settings.explorer.address, explorer.last_day() or explorer.today()
    parts = [
        *_arrivals(layout, explorer, day),
        *_rises(explorer, day, base),
        *_topics(layout),
        *_issues(health, explorer.zone, base),
        *_weather(explorer, base),
        *_closings(explorer, explorer.today()),
    ]
    return "\n\n".join([*_links(base, day), *parts])


def _links(base: str | None, day: date) -> Iterator[str]:
    if base:
        places = {"this day": f"/?day={day}", "topics": "/topics", "trends": "/trends", "report": "/report"}
        yield f"In the explorer: {', '.join(f'[{name}](<{base}{place}>)' for name, place in places.items())}."


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


def _arrivals(layout: Layout, explorer: Explorer, day: date) -> Iterator[str]:
    result = run_query(layout, _ARRIVALS, {"most": _ARTICLES})
    found: list[Row] = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    if not found:
        yield "## No article yet\n\nFetch with `newsvane ingest`, then load with `newsvane refresh`."
        return
    yield f"## {count_text(found[0]['arrived'], 'article')} came in a day"
    said = day_summary(explorer.rows("arrivals", day=day), day, is_over=day < explorer.today())
    yield _bullets([escaped(line) for line in said])
    lines = [
        f"| {_moment(row['first_seen_at'], explorer.zone)} | {escaped(row['source'])} "
        f"| {link(row['title'], row['url'], _record(row))} |"
        for row in found
    ]
    yield "\n".join(["| first seen | source | article |", "|---|---|---|", *lines])


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %H:%M}" if at else ""


def _record(row: dict[str, Any]) -> str:
    """Where the article's bytes are: WARC file and offset."""
    if row["warc_file"] is None:
        return ""
    return f"archived in {row['warc_file']} at byte {row['warc_offset']}"


def _rises(explorer: Explorer, day: date, base: str | None) -> Iterator[str]:
    found = rising(explorer, day)
    yield "## What rises"
    yield _bullets([
        f"{link(one.topic, f'{base}{one.articles}') if base else escaped(one.topic)}: {escaped(one.text)}"
        for one in found
    ]) if found else "No rise of a topic in seven days, against the 28 days before, is likely real."  # fmt: skip


def _topics(layout: Layout) -> Iterator[str]:
    topics = recent_topics(layout)
    if topics and topics.rows:
        yield "## Most frequent topics"
        yield to_markdown(topics.columns, topics.rows[:_TOPICS])
        yield "Articles by posted day. More: `newsvane trend rising_topics`, `newsvane report`."


def _issues(health: Health, zone: ZoneInfo, base: str | None) -> Iterator[str]:
    issues = [one for one in health.sources if one.state != "good"]
    yield "## Sources with issues"
    yield health_table(issues, zone, base) if issues else "None."


def health_table(sources: list[SourceHealth], zone: ZoneInfo, base: str | None = None) -> str:
    """The sources as a markdown table: state, reason, next step, and the times of the last read and the last news; a
    state leads to the source's page in the explorer at `base`."""
    lines = [
        f"| {link(one.source, one.home or '')} | {_state(one, base)} | {escaped(one.why)} "
        f"| {escaped(one.action)} | {_short(one.read_at, zone)} | {_short(one.news_at, zone)} |"
        for one in sources
    ]
    return "\n".join(
        ["| source | state | why | what to do | last read | last news |", "|---|---|---|---|---|---|", *lines]
    )


def _state(one: SourceHealth, base: str | None) -> str:
    shown = f"[{one.state}](<{base}/sources/{quote(one.source, safe='')}>)" if base else one.state
    return shown if one.state == "good" else f"**{shown}**"


def _short(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%b %-d %H:%M}" if at else "never"


def _weather(explorer: Explorer, base: str | None) -> Iterator[str]:
    now, places = explorer.now(), readings(explorer, explorer.now())
    in_force = [row for row in alerts(explorer, now) if row["in_force"]]
    yield f"## [Weather and alerts](<{base}/weather>)" if base else "## Weather and alerts"
    yield _bullets([_alert(row, explorer.zone) for row in in_force[:_ALERTS]]) or "No alert is in force."
    if len(in_force) > _ALERTS:
        yield f"{count_text(len(in_force) - _ALERTS, 'more alert is', 'more alerts are')} in force."
    if places:
        rows = [_reading(row, explorer.zone) for row in places[:_PLACES]]
        yield to_markdown(("place", "now (°F)", "feels like (°F)", "condition", "usual low to high (°F)", "read"), rows)


def _reading(row: Row, zone: ZoneInfo) -> list[str]:
    usual = f"{value_text(row['usual_low_temp_f'])} to {value_text(row['usual_high_temp_f'])}"
    values = [value_text(row[name]) for name in ("place", "temp_f", "feels_like_f", "condition")]
    return [*values, usual, _moment(row["read_at"], zone)]


def _alert(row: Row, zone: ZoneInfo) -> str:
    parts = [f"**{escaped(row['event'])}**" + (f" ({escaped(row['severity'])})" if row["severity"] else "")]
    if row["ends_at"]:
        parts.append(f"until {_moment(row['ends_at'], zone)}")
    return ", ".join(parts) + (f": {escaped(row['zones'])}" if row["zones"] else "")


def _closings(explorer: Explorer, day: date) -> Iterator[str]:
    found = explorer.rows("closings", day=day)
    if not found and not explorer.rows("closing_polls"):
        return
    yield "## Closings today and later"
    lines = [
        f"{day_text(row['effective_date'])}, {escaped(row['source'])}: "
        f"{count_text(row['organizations'], 'organization')}, {escaped(row['status'] or 'no status')}: "
        f"{escaped(shorten(row['names'], _NAMES, placeholder=' ...'))}"
        for row in found
    ]
    yield _bullets(lines[:_CLOSINGS]) or "None is listed."
    if len(lines) > _CLOSINGS:
        yield f"{len(lines) - _CLOSINGS} more: `newsvane trend closings_and_weather`."
