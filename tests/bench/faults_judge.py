"""Judges a hostile run: what the sites could deliver and logged, against what the warehouse holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import duckdb

from flows.settings import Layout
from flows.simulator.article import ALIAS_STEP
from flows.simulator.faults import HARMLESS, KINDS
from flows.simulator.redesign import id_in
from flows.simulator.response_faults import VIDEO_RULE
from flows.simulator.site import RequestLogEntry
from flows.simulator.world import World
from tests.bench.farm import Farm, Visited, path_of

SETTLED = timedelta(days=8)  # a page refused once is asked for again after a week
MEMORY = 500_000_000
_GOOD_COPY = HARMLESS | {"lying_charset", "robots_changes", None}  # of robots.txt, whatever its label says
_ROBOTS_HOLD = timedelta(days=7)
_CLOSED = ("/admin/", "/search")
_VIDEO = VIDEO_RULE.removeprefix("Disallow: ")
_OUTCOMES = ("got", "failed", "unsafe", "refused", "skipped")
_GOT = {"new", "changed", "unchanged", "gone"}

ARTICLES = "select name, article_key, url from fact_article join dim_source using (source_id)"
FETCHES = "select name, url, requested_at, outcome from fact_fetch join dim_source using (source_id)"
TWICE = """
select
    (select count(*) - count(distinct (source_id, url, requested_at, purpose)) from fact_fetch)
    + (select count(*) - count(distinct (article_id, tag_id, method)) from fact_article_tag)
    + (select count(*) - count(distinct (article_id, revision)) from fact_article_revision)
"""


@dataclass
class Score:
    """The figures of one run; `kinds` says of each kind of fault what came of the errands that met it."""

    stations: int
    exchanges: int = 0
    errands: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    articles: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    phantoms: list[str] = field(default_factory=list)
    rows_twice: int = 0
    robots_refusals: int = 0
    robots_violations: list[str] = field(default_factory=list)
    unsafe_connections: list[str] = field(default_factory=list)
    most_connections: int = 0
    peak_bytes: int = 0
    fetch_s: float = 0.0
    load_s: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        broken = (self.lost, self.doubled, self.phantoms, self.robots_violations, self.unsafe_connections)
        few = self.most_connections <= 1 and self.peak_bytes < MEMORY and not self.rows_twice
        return few and not any(broken)


def judge(farm: Farm, visited: Visited, layout: Layout) -> Score:
    """Compare the published snapshot with the sites' own logs and worlds."""
    score = Score(len(farm.bases), peak_bytes=visited.peak_bytes, most_connections=max(farm.most_connections))
    with duckdb.connect(str(layout.published), read_only=True) as warehouse:
        rows = warehouse.execute(ARTICLES).fetchall()
        fetches = warehouse.execute(FETCHES).fetchall()
        score.rows_twice = warehouse.execute(TWICE).fetchall()[0][0]
    allowed = {("127.0.0.1", urlsplit(base).port) for base in farm.bases}
    score.unsafe_connections = sorted(f"{host}:{port}" for host, port in visited.connected - allowed)
    for number, log in enumerate(farm.logs):
        name, world = farm.plan.name(number), farm.plan.world(number)
        begun = visited.begun[number]
        score.exchanges += len(log)
        score.faults.update(entry.fault for entry in log if entry.fault)
        score.robots_violations += [f"{name} {path}" for path in violations(log)]
        score.robots_refusals += sum(source == name and outcome == "refused" for source, _, _, outcome in fetches)
        asked = [row[1:] for row in fetches if row[0] == name]
        loaded = [row[1:] for row in rows if row[0] == name]
        _articles(score, name, world, _wanted(world, begun[-1], log, _closed_to_us(log, asked)), loaded)
        _outcomes(score, log, begun, asked)
    score.errands = len(fetches)
    return score


def _wanted(world: World, last: datetime, log: Iterable[RequestLogEntry], closed: set[str]) -> set[str]:
    """Every article that stood at the end, or that was handed out whole once, but for those closed to us at the end."""
    standing = {
        article.native_id for article in world.articles(last - SETTLED)
        if article.at(last) and article.path not in closed
    }  # fmt: skip
    return standing | {
        found for entry in log
        if entry.status == 200 and entry.fault in {None, *HARMLESS} and (found := native_id(world, entry.path))
    }  # fmt: skip


def _closed_to_us(log: Iterable[RequestLogEntry], asked: Iterable[tuple[str, datetime, str]]) -> set[str]:
    """Paths that the last decision about was a refusal, under a robots.txt that did close them."""
    copies = video_closings(log)
    last = {path_of(url): (at, outcome) for url, at, outcome in sorted(asked, key=lambda row: row[1])}
    closed = set()
    for path, (at, outcome) in last.items():
        held = bisect_right(copies, (at, True)) - 1
        if path.startswith(_VIDEO) and outcome == "refused" and held >= 0 and copies[held][1]:
            closed.add(path)
    return closed


def _articles(score: Score, name: str, world: World, wanted: set[str], rows: Iterable[tuple[str, str]]) -> None:
    """What is wanted is to be there, and once, and nothing else."""
    loaded = Counter(native_id(world, urlsplit(url).path) or f"phantom {key} {url}" for key, url in rows)
    score.articles += len(wanted)
    score.lost += [f"{name} {found}" for found in sorted(wanted - loaded.keys())]
    score.doubled += [f"{name} {found} x {count}" for found, count in loaded.items() if count > 1]
    score.phantoms += [f"{name} {found}" for found in loaded if found.startswith("phantom")]


def native_id(world: World, path: str) -> str | None:
    """The article that a path leads to, by its first or second id; None for any other page."""
    plain = urlsplit(path).path
    match = re.search(r"(\d{9})\.html$", plain)
    found = match.group(1) if match else id_in(plain)
    if found is None or world.find(found):
        return found
    first = f"{int(found) - ALIAS_STEP:09d}"
    return first if world.find(first) else None


def violations(log: Iterable[RequestLogEntry]) -> list[str]:
    """Requests against the last good copy of robots.txt that was handed out, or without one of the last week."""
    good_at: datetime | None = None
    video_closed = False
    found = []
    for entry in log:
        if entry.path == "/robots.txt":
            good_at, video_closed = _copy(entry, good_at, video_closed)
            continue
        unknown = good_at is None or entry.at - good_at > _ROBOTS_HOLD
        if unknown or entry.path.startswith(_CLOSED) or (video_closed and entry.path.startswith(_VIDEO)):
            found.append(entry.path)
    return found


def video_closings(log: Iterable[RequestLogEntry]) -> list[tuple[datetime, bool]]:
    """When which copy of robots.txt was handed out, and whether it closed the video pages."""
    copies: list[tuple[datetime, bool]] = []
    for entry in log:
        if entry.path == "/robots.txt":
            at, closed = _copy(entry, None, bool(copies and copies[-1][1]))
            copies += [(at, closed)] if at else []
    return copies


def _copy(entry: RequestLogEntry, good_at: datetime | None, closed: bool) -> tuple[datetime | None, bool]:
    """The time of the last good copy after this answer, and whether it closes the video pages."""
    if entry.status == 200 and entry.fault in _GOOD_COPY:
        return entry.at, entry.fault == "robots_changes"
    return (entry.at, closed) if entry.status == 304 else (good_at, closed)


def _outcomes(
    score: Score, log: Iterable[RequestLogEntry], begun: list[datetime], fetches: Iterable[tuple[str, datetime, str]]
) -> None:
    """Join log and ledger by path and visit: a URL is asked for once a visit, in several attempts."""
    became: dict[tuple[str, int], list[str]] = defaultdict(list)
    for url, at, outcome in fetches:
        became[path_of(url), bisect_right(begun, at)].append("got" if outcome in _GOT else outcome)
    for entry in log:
        if entry.fault:
            said = became.get((entry.path, bisect_right(begun, entry.at)), ["unknown"])
            score.kinds[entry.fault][said[-1]] += 1


def table(score: Score) -> str:
    """The scoreboard as text."""
    lines = [
        f"{score.stations} stations, {score.exchanges:,} exchanges by the sites' own logs, {score.errands:,} errands,"
        f" {sum(score.faults.values()):,} faults of {len(score.faults)} of {len(KINDS)} kinds",
        f"fetched in {score.fetch_s:.0f} s ({score.exchanges / max(score.fetch_s, 0.001):.0f} exchanges/s), loaded in"
        f" {score.load_s:.0f} s, peak memory of fetching {score.peak_bytes / 1e6:.0f} MB",
        "",
        f"{'promise':<44}{'broken':>8}  examples",
    ]
    promises = {
        f"articles lost of {score.articles:,} deliverable": score.lost,
        "articles twice": score.doubled,
        "articles that are none": score.phantoms,
        f"robots violations ({score.robots_refusals:,} refusals obeyed)": score.robots_violations,
        "connections to other addresses": score.unsafe_connections,
    }
    lines += [f"{name:<44}{len(found):>8}  {', '.join(found[:3])}" for name, found in promises.items()]
    lines.append(f"{'rows twice':<44}{score.rows_twice:>8}")
    lines.append(f"{'connections at once beyond one a host':<44}{score.most_connections - 1:>8}")
    lines += ["", f"{'fault':<22}{'count':>8}" + "".join(f"{name:>10}" for name in _OUTCOMES)]
    for kind in KINDS:
        said = score.kinds[kind]
        lines.append(f"{kind:<22}{score.faults[kind]:>8}" + "".join(f"{said[name] or '':>10}" for name in _OUTCOMES))
    return "\n".join(lines)
