"""The report: Today and Topics in one file that loads nothing, leads to the explorer or nowhere, and runs no markup."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError
from flows.pipeline.published_report import refresh_report
from flows.settings import SHIPPED_CONFIG, load_settings
from flows.web.explorer import Explorer
from flows.web.report import write_report
from tests.month import Month
from tests.web.conftest import Open, rows
from tests.web.test_hostile import hostile  # noqa: F401 - a fixture

SETTINGS = load_settings(SHIPPED_CONFIG)


def report_of(layout: Layout, out: Path, base: str | None = None, now: datetime | None = None) -> LexborHTMLParser:
    explorer = Explorer(layout, SETTINGS, **({"now": lambda: now} if now else {}))
    write_report(explorer, out, base)
    return LexborHTMLParser(out.read_text("utf-8"))


def specs_of(tree: LexborHTMLParser) -> dict[str, dict]:
    return {
        str(node.attributes["id"]): json.loads(node.text())
        for node in tree.css('script[type="application/json"]')
    }  # fmt: skip


def test_the_month_in_one_file(loaded_month: Month, last_moment: datetime, tmp_path: Path) -> None:
    tree = report_of(loaded_month.layout, tmp_path / "report.html", now=last_moment)
    assert (tmp_path / "report.html").stat().st_size < 3_000_000
    assert [node.text() for node in tree.css("h1")][1] == "Topics"
    specs = specs_of(tree)
    assert [box.attributes["data-spec"] for box in tree.css(".chart")] == list(specs)
    day = max(row["x"] for row in specs["chart-1"]["data"]["values"] if row["y"] is not None)
    ((came,),) = rows(loaded_month.layout, "select sum(new_articles) from fact_source_day where date = ?::date", day)
    assert [row["y"] for row in specs["chart-1"]["data"]["values"] if row["x"] == day] == [came]


def test_it_loads_nothing_and_asks_for_nothing(loaded_month: Month, last_moment: datetime, tmp_path: Path) -> None:
    tree = report_of(loaded_month.layout, tmp_path / "report.html", now=last_moment)
    assert not tree.css("form, nav, noscript, [data-chart], a[href], script[src], link[rel=stylesheet]")
    assert all("href" not in json.dumps(spec) for spec in specs_of(tree).values())
    assert {node.attributes["src"][:10] for node in tree.css("img")} == {"data:image"}


def test_its_policy_allows_its_own_scripts_and_style_only(
    loaded_month: Month, last_moment: datetime, tmp_path: Path
) -> None:
    tree = report_of(loaded_month.layout, tmp_path / "report.html", now=last_moment)
    meta = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
    policy = unescape(str(meta.attributes["content"]))
    for kind in ("script:not([type])", "style"):
        hashes = {
            f"sha256-{base64.b64encode(hashlib.sha256(node.text().encode()).digest()).decode()}"
            for node in tree.css(kind)
        }
        (allowed,) = re.findall(rf"{kind.partition(':')[0]}-src ([^;]+);", policy)
        assert set(allowed.replace("'", "").split()) == hashes
    assert "default-src 'none'" in policy


def test_links_lead_to_the_explorer_where_there_is_one(
    loaded_month: Month, last_moment: datetime, tmp_path: Path
) -> None:
    tree = report_of(loaded_month.layout, tmp_path / "report.html", "http://127.0.0.1:8080", last_moment)
    links = [str(node.attributes["href"]) for node in tree.css("a[href]")]
    assert len(links) > 20
    assert all(link.startswith(("http://127.0.0.1:8080/", "#")) for link in links)
    points = specs_of(tree)["chart-1"]["data"]["values"]
    assert all(row["href"].startswith("http://127.0.0.1:8080/articles?") for row in points if "href" in row)


def test_markup_of_pages_stays_text(hostile: Layout, tmp_path: Path) -> None:  # noqa: F811
    tree = report_of(hostile, tmp_path / "report.html")
    assert "Council <script>alert('title')</script> approves" in tree.css_first("main").text()
    assert not tree.css("main script, main [onfocus], main [onerror]")
    assert len(tree.css("script:not([type])")) == 4


def test_nothing_published_and_a_file_that_cannot_be_written_are_named(empty: Layout, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="newsvane refresh"):
        report_of(Layout.at(tmp_path / "none"), tmp_path / "report.html")
    with pytest.raises(ConfigError, match="cannot be written"):
        report_of(empty, tmp_path / "no folder" / "report.html")
    assert "The warehouse is empty" in report_of(empty, tmp_path / "report.html").css_first("main").text()


def test_a_publish_writes_it_once_and_the_explorer_serves_it(
    hostile: Layout,  # noqa: F811
    browse: Open,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    off = SETTINGS.model_copy(update={"publish": SETTINGS.publish.model_copy(update={"report": False})})
    client = browse(hostile)
    refresh_report(hostile, off, said.append)
    missing = client.get("/report")
    assert missing.status_code == 404
    assert "no report is written yet" in missing.text
    refresh_report(hostile, SETTINGS, said.append)
    answer = client.get("/report")
    assert answer.status_code == 200
    assert "sha256-" in answer.headers["content-security-policy"]
    hostile.report.write_text("the last one")
    published = hostile.published.stat().st_mtime_ns
    os.utime(hostile.report, ns=(published, published))
    refresh_report(hostile, SETTINGS, said.append)
    assert hostile.report.read_text() == "the last one"  # nothing was published since
    os.utime(hostile.report)  # as after a restore: it is of another snapshot than the published one
    refresh_report(hostile, SETTINGS, said.append)
    assert "the last one" not in hostile.report.read_text("utf-8")
    os.utime(hostile.report)
    monkeypatch.setattr("flows.web.report.write_report", _fails)
    refresh_report(hostile, SETTINGS, said.append)
    assert said == ["the report was not written: too slow"]


def _fails(explorer: Explorer, out: Path, base: str | None) -> None:
    raise NewsvaneError("too slow")
