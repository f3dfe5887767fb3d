"""The test of a source: what it reads, what it counts, and that it keeps nothing."""

from __future__ import annotations

from pathlib import Path

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.pipeline.dry_run import dry_run
from tests.fetch.sites import START, page, rss, run, serve, settings, source_at
from tests.month import free_port

LINKS = ("/news/a-100001.html", "/news/b-100002.html", "/private/c-100003.html")


def test_lists_are_read_and_pages_are_counted_not_fetched(tmp_path: Path) -> None:
    with serve(feed=rss(*LINKS)) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\nCrawl-delay: 4\n", "text/plain")
        done = dry_run(source_at(site), settings(), Layout(tmp_path), SimulatedClock(START))
        assert [path for path, _ in site.log] == ["/robots.txt", "/feed", "/"]
    assert (done.new, done.due, done.refused, done.pages, done.delay_s) == (3, 0, 1, 2, 4)
    assert (done.robots, done.is_answered, done.requests) == ("allows the home page (no rule matches)", True, 3)
    assert [(one.purpose, one.pages) for one in done.lists] == [("feed", 3), ("section", 0)]
    text = "\n".join(done.describe())
    assert "3 new, 0 known and due, 1 refused; the next run fetches 2" in text
    assert "one request every 4 s" in text
    assert not Layout(tmp_path).raw.exists()
    assert not Layout(tmp_path).state.exists()


def test_an_index_says_how_many_sitemaps_it_has_and_the_newest_how_many_pages(tmp_path: Path) -> None:
    with serve() as site:
        months = "".join(
            f"<sitemap><loc>{site.url}/map-{month}.xml</loc><lastmod>2026-0{month}-28</lastmod></sitemap>"
            for month in range(1, 9)
        )
        site.pages["/index.xml"] = page(f"<sitemapindex>{months}</sitemapindex>", "text/xml")
        for month in range(1, 9):
            urls = "".join(
                f"<url><loc>{site.url}/news/{month}-10000{number}.html</loc></url>" for number in range(month)
            )
            site.pages[f"/map-{month}.xml"] = page(f"<urlset>{urls}</urlset>", "text/xml")
        source = source_at(site, feeds=(), sitemaps=(f"{site.url}/index.xml",))
        lines = dry_run(source, settings(), Layout(tmp_path), SimulatedClock(START)).describe()
    maps = [" ".join(line.replace(site.url, "").split()) for line in lines if line.startswith("sitemap")]
    assert maps[:2] == ["sitemap /index.xml 8 sitemaps, the newest are read first", "sitemap /map-8.xml 8 pages"]
    assert len(maps) == 1 + 5
    assert any("and more lists that these lead to" in line for line in lines)


def test_known_pages_are_not_new(tmp_path: Path) -> None:
    with serve(feed=rss(*LINKS[:2])) as site:
        site.pages[LINKS[0]] = site.pages[LINKS[1]] = page("<p>A story.</p>")
        run(site, Layout(tmp_path))
        site.pages["/feed"] = rss(*LINKS)
        state = Layout(tmp_path).state / "demo.sqlite"
        before = state.read_bytes()
        done = dry_run(source_at(site), settings(), Layout(tmp_path), SimulatedClock(START))
        assert state.read_bytes() == before
    assert (done.new, done.due) == (1, 0)


def test_a_dead_host_gave_no_answer(tmp_path: Path) -> None:
    with serve() as site:
        source = source_at(site, home=f"http://127.0.0.1:{free_port()}/", feeds=())
    done = dry_run(source, settings(max_attempts=1), Layout(tmp_path), SimulatedClock(START))
    assert (done.is_answered, done.robots, done.pages) == (False, None, 0)


def test_a_refused_home_page_is_said(tmp_path: Path) -> None:
    with serve() as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n", "text/plain")
        done = dry_run(source_at(site), settings(), Layout(tmp_path), SimulatedClock(START))
        assert [path for path, _ in site.log] == ["/robots.txt"]
    assert done.robots == "refuses the home page (Disallow: /)"
    assert done.is_answered
