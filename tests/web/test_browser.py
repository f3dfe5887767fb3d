"""The explorer in headless Chromium: charts are drawn, the policy lets them, and a hostile page runs nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import uvicorn

from flows.cli.browser import HEADLESS, print_pdf, print_png
from flows.data_layout import Layout
from flows.settings import SHIPPED_CONFIG, load_settings
from flows.web.explorer import Explorer
from flows.web.report import write_report
from tests.month import Month, free_port
from tests.web.conftest import client_of, rows
from tests.web.test_hostile import hostile  # noqa: F401 - a fixture

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium (Debian: apt-get install chromium)"),
]


def served(layout: Layout, **options: object) -> Iterator[str]:
    """The address of the explorer over this data folder, while a test uses it."""
    port = free_port()
    app = client_of(layout, **options).app  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="module")
def site(loaded_month: Month, last_moment: datetime) -> Iterator[str]:
    yield from served(loaded_month.layout, now=last_moment)


@pytest.fixture(scope="module")
def hostile_site(hostile: Layout) -> Iterator[str]:  # noqa: F811 - the imported fixture
    yield from served(hostile)


def browse(address: str, folder: Path, width: int = 1440) -> tuple[str, str]:
    """The document after its scripts have run, and what the browser reported."""
    assert CHROMIUM is not None
    done = subprocess.run(
        [
            CHROMIUM, *HEADLESS, "--no-sandbox", f"--user-data-dir={folder}",
            f"--window-size={width},8000", "--virtual-time-budget=20000", "--enable-logging=stderr",
            "--dump-dom", address,
        ],
        capture_output=True, text=True, timeout=180, check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/topics",
        "/trends/posting_rhythm",
        "/trends/top_topics",
        "/weather",
        "/search?words=snow",
        "/topics?weather=min_temp_f",
    ],
)
def test_charts_are_drawn(site: str, tmp_path: Path, page: str, width: int) -> None:
    for attempt in range(3):  # on a busy machine the browser's virtual time may end before its first frame
        document, console = browse(site + page, tmp_path / str(attempt), width)
        assert console == ""
        if "<svg" in document:
            break
    charts = re.findall(r'<div class="chart[^"]*"', document)
    assert charts
    assert document.count("<svg") >= len(charts)
    assert "chart-failed" not in document


def test_the_report_is_drawn_without_a_network_and_printed(
    loaded_month: Month, last_moment: datetime, tmp_path: Path
) -> None:
    out = tmp_path / "report.html"
    explorer = Explorer(loaded_month.layout, load_settings(SHIPPED_CONFIG))
    write_report(replace(explorer, now=lambda: last_moment), out)
    document, console = browse(out.as_uri(), tmp_path / "profile")
    assert console == ""
    assert document.count("<svg") >= len(re.findall(r'<div class="chart[^"]*"', document)) > 1
    assert not re.search(r'class="[^"]*chart-failed', document)
    print_pdf(out, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    print_png(out, tmp_path / "report.png")
    picture = (tmp_path / "report.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[20:24], "big") > 1500  # as high as the page


def test_a_hostile_page_runs_nothing(hostile_site: str, hostile: Layout, tmp_path: Path) -> None:  # noqa: F811
    ((article_id, exchange_id),) = rows(hostile, "select article_id, fetch_id from fact_article")
    document, _ = browse(f"{hostile_site}/articles/{article_id}", tmp_path)
    assert "&lt;script&gt;" in document
    captured, _ = browse(f"{hostile_site}/captures/{exchange_id}", tmp_path / "captured")
    assert "<title>hostile</title>" not in captured
    assert "bus timetable" in captured or "Buses will run" in captured
