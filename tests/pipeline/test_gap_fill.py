"""A station that was not visited for a while: what its site and a web archive still have is in the warehouse after a
fill, and the days that nobody kept a list of stay missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.run import run_source
from flows.pipeline.asked_pages import Asked, Job
from flows.pipeline.gap_fill import Gap, fill_gaps, find_gaps
from flows.pipeline.progress import ignore
from flows.pipeline.warehouse_refresh import refresh_warehouse
from flows.settings import DEMO_CONFIG, load_settings
from flows.simulator.article import Article
from flows.simulator.serving import serve
from flows.simulator.site import Response, Site
from flows.simulator.world import DEFAULT_START, World
from flows.sources import load_sources
from flows.warehouse.connection import open_reader
from tests.fetch.web_archive import Archive, web_archive

BEFORE, AFTER = 1, 1  # days with visits around the gap


@dataclass
class ForgetfulSite(Site):
    """A station whose site has lost some articles: their pages are gone, and its sitemaps do not list them, except
    those that are `listed`."""

    lost: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)

    def respond(self, path: str, now: datetime) -> Response:
        """The response for a path."""
        if urlsplit(path).path in self.lost:
            return super().respond("/nowhere", now)
        response = super().respond(path, now)
        if not path.startswith("/sitemap"):
            return response
        lines = response.body.splitlines(keepends=True)
        kept = [line for line in lines if not any(each.encode() in line for each in self.lost - self.listed)]
        return Response(response.status, response.media_type, b"".join(kept))


@dataclass
class Town:
    """A station that was visited before and after a gap, a web archive, and the warehouse."""

    site: ForgetfulSite
    archive: Archive
    layout: Layout
    clock: SimulatedClock
    first: date
    last: date

    @property
    def job(self) -> Job:
        return Job(self.layout, load_settings(), load_sources(), self.clock, lambda line: None, ignore)

    def visit(self, at: datetime) -> None:
        """One scheduled run."""
        self.clock.move_to(at)
        catalog = load_sources()
        run_source(catalog.by_name("town"), load_settings(), self.layout, catalog.places, self.clock)

    def posted(self) -> list[Article]:
        """The articles that were posted in the gap and not removed since."""
        days = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
        return [article for day in days for article in self.site.world.day(day) if article.at(self.clock.now())]

    def keep(self, path: str, at: datetime) -> None:
        """Let the web archive capture a page as it was served then."""
        body = Site(self.site.world, base=self.site.base).respond(path, at).body
        self.archive.kept[f"{self.site.base}{path}", at.astimezone(UTC).replace(microsecond=0)] = body

    def fill(self) -> tuple[list[Gap], Asked]:
        """Fill and load; returns the gaps before, and what came."""
        gaps = find_gaps(self.layout, ["town"])
        asked = fill_gaps(self.job, gaps)
        refresh_warehouse(self.layout, notify=lambda line: None)
        return gaps, asked

    def articles(self) -> dict[str, tuple[str, date]]:
        """Native id -> title and day of the articles in the warehouse that were posted in the gap."""
        query = "select native_id, title, posted_date from fact_article where posted_date between ? and ?"
        with open_reader(self.layout) as reader:
            return {key: (title, day) for key, title, day in reader.execute(query, [self.first, self.last]).fetchall()}


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The station after a gap of so many days (the parameter)."""
    days: int = request.param
    world = World(start=DEFAULT_START)
    first = DEFAULT_START + timedelta(days=BEFORE)
    last = first + timedelta(days=days - 1)
    begin = datetime.combine(DEFAULT_START, datetime.min.time(), world.station.tzinfo) + timedelta(hours=9)
    site = ForgetfulSite(world, SimulatedClock(begin), delay_s=0)
    with serve(site), web_archive() as archive:
        config_for(tmp_path / "config", site.base, archive)
        monkeypatch.setenv("NEWSVANE_CONFIG", str(tmp_path / "config"))
        made = Town(site, archive, Layout.at(tmp_path / "data"), site.clock, first, last)  # type: ignore[arg-type]
        made.visit(begin)
        made.visit(begin + timedelta(days=days + AFTER))
        refresh_warehouse(made.layout, notify=lambda line: None)
        yield made


def config_for(folder: Path, home: str, archive: Archive) -> None:
    """The config of one station that is watched by its feed alone."""
    shutil.copytree(DEMO_CONFIG, folder)
    for path in (folder / "sources").iterdir():
        path.unlink()
    text = (DEMO_CONFIG / "sources" / "demo_station.toml").read_text("utf-8")
    text = re.sub(r"(?m)^(sitemaps|closings) = .*\n", "", text).replace("http://127.0.0.1:8751", home)
    (folder / "sources" / "town.toml").write_text(
        re.sub(r"(?m)^sections = .*", f'sections = ["{home}/"]', text), "utf-8"
    )
    with (folder / "newsvane.toml").open("a", encoding="utf-8") as file:
        file.write(archive.config)


@pytest.mark.parametrize("town", [3, pytest.param(21, marks=pytest.mark.long)], indirect=True)
def test_after_a_fill_only_what_nobody_kept_is_missing(town: Town) -> None:
    """Every third article is lost at the site; the archive has half of these, and the home page of one day."""
    known = set(town.articles())
    posted = [article for article in town.posted() if article.native_id not in known]
    lost = posted[::3]
    town.site.lost, town.site.listed = {article.path for article in lost}, {lost[0].path}
    for article in lost[::2]:
        town.keep(article.path, article.posted + timedelta(hours=1))
    noon = datetime.combine(town.first, datetime.min.time(), town.site.world.station.tzinfo) + timedelta(hours=12)
    town.keep("/", noon)
    gone = {article.native_id for article in lost[1::2]}

    gaps, asked = town.fill()
    assert [(gap.since, gap.until) for gap in gaps] == [(town.first, town.last)]
    expected = {article.native_id: article for article in town.posted() if article.native_id not in gone}
    found = town.articles()
    assert set(found) == set(expected)
    zone = town.site.world.station.tzinfo
    for key, (_, day) in found.items():
        assert day == expected[key].posted.astimezone(zone).date()
    assert (asked.captures, asked.missing) == (len(lost[::2]) + 1, [])
    assert not [path for path in town.archive.sent if lost[0].native_id in path and not path.startswith("/web/")]
    assert [(gap.since, gap.until) for gap in find_gaps(town.layout, ["town"])] == [
        (town.first + timedelta(days=1), town.last)
    ]
    with open_reader(town.layout) as reader:
        observed = dict(reader.execute("select date, observed from fact_source_day where observed").fetchall())
        clocks = reader.execute(
            "select first_seen_at from fact_article where native_id = ?", [lost[0].native_id]
        ).fetchall()
    assert town.first in observed
    assert town.last not in observed
    assert clocks == [((lost[0].posted + timedelta(hours=1)).astimezone(UTC),)]

    requests = len(town.archive.sent), len(town.site.log)
    _, again = town.fill()
    assert (again.fetched, again.captures) == (0, 0)
    assert not [path for path in town.archive.sent[requests[0] :] if path.startswith("/web/")]
    assert not [entry for entry in town.site.log[requests[1] :] if "/content/" in entry.path]
    assert town.articles() == found
