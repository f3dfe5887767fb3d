"""Scores a fault benchmark: compares what the sites delivered and logged with what the warehouse contains."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import duckdb

from flows.data_layout import Layout
from flows.simulator.article import ALIAS_STEP
from flows.simulator.faults import HARMLESS, KINDS
from flows.simulator.redesign import id_in
from flows.simulator.response_faults import VIDEO_RULE
from flows.simulator.site import RequestLogEntry
from flows.simulator.world import World
from tests.bench.farm import Farm, FetchReport, path_of

SETTLED = timedelta(days=8)  # a refused page is requested again after a week
MEMORY = 500_000_000
_GOOD_COPY = HARMLESS | {"lying_charset", "robots_changes", None}  # faults that leave a robots.txt readable
_ROBOTS_VALID = timedelta(days=7)
_DISALLOWED = ("/admin/", "/search")
_VIDEO = VIDEO_RULE.removeprefix("Disallow: ")
_OUTCOMES = ("good", "failed", "unsafe", "refused", "skipped")
_GOOD = {"new", "changed", "unchanged", "gone"}

ARTICLES = "select name, article_key, url from fact_article join dim_source using (source_id)"
FETCHES = "select name, url, requested_at, outcome from fact_fetch join dim_source using (source_id)"
DUPLICATE_ROWS = """
select
    (select count(*) - count(distinct (source_id, url, requested_at, purpose)) from fact_fetch)
    + (select count(*) - count(distinct (article_id, tag_id, method)) from fact_article_tag)
    + (select count(*) - count(distinct (article_id, revision)) from fact_article_revision)
"""


@dataclass
class Score:
    """The figures of one benchmark; `kinds` has the outcomes of the exchanges per kind of fault."""

    stations: int
    requests: int = 0
    exchanges: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    articles: int = 0
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    duplicate_rows: int = 0
    robots_refusals: int = 0
    robots_violations: list[str] = field(default_factory=list)
    unsafe_connections: list[str] = field(default_factory=list)
    max_connections: int = 0
    peak_bytes: int = 0
    fetch_s: float = 0.0
    load_s: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether every guarantee was kept."""
        broken = (self.lost, self.duplicates, self.invented, self.robots_violations, self.unsafe_connections)
        within_limits = self.max_connections <= 1 and self.peak_bytes < MEMORY and not self.duplicate_rows
        return within_limits and not any(broken)


def score_run(farm: Farm, report: FetchReport, layout: Layout) -> Score:
    """Compare the published snapshot with the logs and worlds of the sites."""
    score = Score(len(farm.bases), peak_bytes=report.peak_bytes, max_connections=max(farm.max_connections))
    with duckdb.connect(str(layout.published), read_only=True) as warehouse:
        rows = warehouse.execute(ARTICLES).fetchall()
        fetches = warehouse.execute(FETCHES).fetchall()
        score.duplicate_rows = warehouse.execute(DUPLICATE_ROWS).fetchall()[0][0]
    allowed = {("127.0.0.1", urlsplit(base).port) for base in farm.bases}
    score.unsafe_connections = sorted(f"{host}:{port}" for host, port in report.connected - allowed)
    for number, log in enumerate(farm.logs):
        name, world = farm.plan.name(number), farm.plan.world(number)
        started = report.started[number]
        score.requests += len(log)
        score.faults.update(entry.fault for entry in log if entry.fault)
        score.robots_violations += [f"{name} {path}" for path in violations(log)]
        score.robots_refusals += sum(source == name and outcome == "refused" for source, _, _, outcome in fetches)
        requested = [row[1:] for row in fetches if row[0] == name]
        loaded = [row[1:] for row in rows if row[0] == name]
        _articles(score, name, world, _expected(world, started[-1], log, _disallowed_paths(log, requested)), loaded)
        _outcomes(score, log, started, requested)
    score.exchanges = len(fetches)
    return score


def _expected(world: World, last: datetime, log: Iterable[RequestLogEntry], disallowed: set[str]) -> set[str]:
    """Every article that existed at the end, except disallowed ones, or that was delivered completely once."""
    existing = {
        article.native_id for article in world.articles(last - SETTLED)
        if article.at(last) and article.path not in disallowed
    }  # fmt: skip
    return existing | {
        found for entry in log
        if entry.status == 200 and entry.fault in {None, *HARMLESS} and (found := native_id(world, entry.path))
    }  # fmt: skip


def _disallowed_paths(log: Iterable[RequestLogEntry], requested: Iterable[tuple[str, datetime, str]]) -> set[str]:
    """Paths whose last exchange was refused, under a robots.txt that disallows them."""
    copies = robots_copies(log)
    last = {path_of(url): (at, outcome) for url, at, outcome in sorted(requested, key=lambda row: row[1])}
    disallowed = set()
    for path, (at, outcome) in last.items():
        copy = bisect_right(copies, (at, True)) - 1
        if path.startswith(_VIDEO) and outcome == "refused" and copy >= 0 and copies[copy][1]:
            disallowed.add(path)
    return disallowed


def _articles(score: Score, name: str, world: World, expected: set[str], rows: Iterable[tuple[str, str]]) -> None:
    """Every expected article must be loaded once, and no other."""
    loaded = Counter(native_id(world, urlsplit(url).path) or f"invented {key} {url}" for key, url in rows)
    score.articles += len(expected)
    score.lost += [f"{name} {found}" for found in sorted(expected - loaded.keys())]
    score.duplicates += [f"{name} {found} x {count}" for found, count in loaded.items() if count > 1]
    score.invented += [f"{name} {found}" for found in loaded if found.startswith("invented")]


def native_id(world: World, path: str) -> str | None:
    """The article of a path, by its first or second id; None for any other page."""
    plain = urlsplit(path).path
    match = re.search(r"(\d{9})\.html$", plain)
    found = match.group(1) if match else id_in(plain)
    if found is None or world.find(found):
        return found
    first = f"{int(found) - ALIAS_STEP:09d}"
    return first if world.find(first) else None


def violations(log: Iterable[RequestLogEntry]) -> list[str]:
    """Requests that the last delivered robots.txt disallows, or without a copy from the last seven days."""
    good_at: datetime | None = None
    video_disallowed = False
    found = []
    for entry in log:
        if entry.path == "/robots.txt":
            good_at, video_disallowed = _copy(entry, good_at, video_disallowed)
            continue
        unknown = good_at is None or entry.at - good_at > _ROBOTS_VALID
        if unknown or entry.path.startswith(_DISALLOWED) or (video_disallowed and entry.path.startswith(_VIDEO)):
            found.append(entry.path)
    return found


def robots_copies(log: Iterable[RequestLogEntry]) -> list[tuple[datetime, bool]]:
    """When each copy of robots.txt was delivered, and whether it disallows the video pages."""
    copies: list[tuple[datetime, bool]] = []
    for entry in log:
        if entry.path == "/robots.txt":
            at, disallowed = _copy(entry, None, bool(copies and copies[-1][1]))
            copies += [(at, disallowed)] if at else []
    return copies


def _copy(entry: RequestLogEntry, good_at: datetime | None, disallowed: bool) -> tuple[datetime | None, bool]:
    """The time of the last good copy after this response, and whether it disallows the video pages."""
    if entry.status == 200 and entry.fault in _GOOD_COPY:
        return entry.at, entry.fault == "robots_changes"
    return (entry.at, disallowed) if entry.status == 304 else (good_at, disallowed)


def _outcomes(
    score: Score, log: Iterable[RequestLogEntry], started: list[datetime], fetches: Iterable[tuple[str, datetime, str]]
) -> None:
    """Join log and exchanges by path and run: a URL is fetched once per run, in several attempts."""
    outcomes: dict[tuple[str, int], list[str]] = defaultdict(list)
    for url, at, outcome in fetches:
        outcomes[path_of(url), bisect_right(started, at)].append("good" if outcome in _GOOD else outcome)
    for entry in log:
        if entry.fault:
            found = outcomes.get((entry.path, bisect_right(started, entry.at)), ["unknown"])
            score.kinds[entry.fault][found[-1]] += 1


def table(score: Score) -> str:
    """The score as text."""
    lines = [
        f"{score.stations} stations, {score.requests:,} requests in their logs, {score.exchanges:,} exchanges,"
        f" {sum(score.faults.values()):,} faults of {len(score.faults)} of {len(KINDS)} kinds",
        f"fetched in {score.fetch_s:.0f} s ({score.requests / max(score.fetch_s, 0.001):.0f} requests/s), loaded in"
        f" {score.load_s:.0f} s, peak memory of fetching {score.peak_bytes / 1e6:.0f} MB",
        "",
        f"{'guarantee':<44}{'broken':>8}  examples",
    ]
    guarantees = {
        f"articles lost of {score.articles:,} deliverable": score.lost,
        "duplicate articles": score.duplicates,
        "invented articles": score.invented,
        f"robots violations ({score.robots_refusals:,} refusals obeyed)": score.robots_violations,
        "connections to other addresses": score.unsafe_connections,
    }
    lines += [f"{name:<44}{len(found):>8}  {', '.join(found[:3])}" for name, found in guarantees.items()]
    lines.append(f"{'duplicate rows':<44}{score.duplicate_rows:>8}")
    lines.append(f"{'concurrent connections beyond one per host':<44}{score.max_connections - 1:>8}")
    lines += ["", f"{'fault':<22}{'count':>8}" + "".join(f"{name:>10}" for name in _OUTCOMES)]
    for kind in KINDS:
        outcomes = score.kinds[kind]
        lines.append(
            f"{kind:<22}{score.faults[kind]:>8}" + "".join(f"{outcomes[name] or '':>10}" for name in _OUTCOMES)
        )
    return "\n".join(lines)
