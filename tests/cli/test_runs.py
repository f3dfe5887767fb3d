"""The commands that run flows: what they reject before Prefect is imported, and the demo from start to chart."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from flows.cli.config_writer import start_folder, write_source
from flows.data_layout import Layout
from flows.pipeline.simulate import on_air
from flows.settings import ROOT
from flows.sources import load_sources
from tests.cli.conftest import Command
from tests.fetch.sites import STORY, Site, page, rss, serve
from tests.month import config_in
from tests.server import environment, wait_for

# With a placeholder contact this source fails without any request.
BROKEN = """
kind = "nws"
title = "National Weather Service"
home = "https://api.weather.gov/"
zone = "America/Chicago"
places = ["saint-orrin-ne"]
"""

# Runs the commands that it is given, and writes the exit code of each to stderr.
WITHOUT_PREFECT = """
import sys
sys.modules["prefect"] = None
from flows.cli.main import main
data, *commands = sys.argv[1:]
for command in commands:
    sys.argv = ["newsvane", command, "--data", data]
    try:
        main()
    except SystemExit as ended:
        print("exit code", ended.code or 0, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ingest", "kqtv"], "source 'kqtv' is disabled: "),
        (["ingest", "kqtb"], "did you mean 'kqtv'?"),
        (["backfill", "nowhere.warc"], "file not found"),
    ],
)
def test_usage_errors_exit_with_2(newsvane: Command, tmp_path: Path, arguments: list[str], message: str) -> None:
    done = newsvane(*arguments, "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert message in done.err
    assert not (tmp_path / "data").exists()


def test_ingest_without_an_enabled_source_says_how_to_add_one(
    newsvane: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path(shutil.copytree(ROOT / "config", tmp_path / "config"))
    monkeypatch.setenv("NEWSVANE_CONFIG", str(config))
    done = newsvane("ingest", "--data", str(tmp_path / "data"))
    assert done.status == 2
    assert "no source is enabled" in done.err


def test_refresh_of_an_empty_archive_says_what_comes_first(newsvane: Command, tmp_path: Path) -> None:
    done = newsvane("refresh", "--data", str(tmp_path))
    assert done.status == 0
    assert "the archive is empty: run `newsvane ingest` first" in done.err


def test_without_a_server_runs_need_no_prefect(tmp_path: Path) -> None:
    """One process, in which prefect cannot be imported, runs all commands: ingest of a station and of one that cannot
    run, refresh, a second refresh, and watch."""
    config = config_in(tmp_path)
    (config / "sources" / "demo_sister.toml").unlink()
    (config / "sources" / "broken.toml").write_text(BROKEN, "utf-8")
    settings = config / "newsvane.toml"
    settings.write_text(settings.read_text("utf-8").replace("demo@localhost", "you@example.org"), "utf-8")
    script = tmp_path / "run.py"
    script.write_text(WITHOUT_PREFECT, "utf-8")
    source = load_sources(config).by_name("demo_station")
    with on_air([source], Layout.at(tmp_path / "data"), print):
        done = subprocess.run(
            [sys.executable, str(script), str(tmp_path / "data"), "ingest", "refresh", "refresh", "watch"],
            env=environment(config), capture_output=True, text=True, timeout=240,
        )  # fmt: skip
    parts = re.split(r"^exit code (\d+)\n", done.stderr, flags=re.MULTILINE)
    assert parts[1::2] == ["1", "0", "0", "0"], done.stderr
    ingested, refreshed, again, watched = parts[:-1:2]
    assert "newsvane up" in ingested
    counts = re.search(r"^demo_station: (\d+) found, (\d+) new, .*, 1 closings list$", ingested, re.MULTILINE)
    assert counts
    assert counts[1] == counts[2] != "0"
    assert re.search(r"^newsvane: 1 of 2 sources failed: broken: ", ingested, re.MULTILINE)
    assert "\ncurrent snapshot: " in refreshed
    assert "every archive file is loaded already" in again
    assert "sources with issues: 1" in watched


def test_an_interrupted_ingest_ends_soon_and_the_next_one_goes_on(tmp_path: Path) -> None:
    """In a process of its own, interrupted while it waits for a page."""
    is_released = threading.Event()

    def never(handler: BaseHTTPRequestHandler) -> None:
        is_released.wait(60)

    config = tmp_path / "config"
    start_folder(config)
    command = [sys.executable, "-m", "flows", "ingest", "town", "--data", str(tmp_path / "data")]
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = never
        write_source(config / "sources" / "town.toml", site_source(site))
        process = subprocess.Popen(command, env=environment(config), stderr=subprocess.PIPE, text=True)
        wait_for(lambda: site.requests(STORY))
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=30)
        is_released.set()
        assert process.returncode == 130
        assert "stopped: 2 exchanges are in the archive; the next `newsvane ingest` goes on from there" in messages
        assert "Traceback" not in messages
        site.pages[STORY] = page("<p>A story.</p>")
        again = subprocess.run(command, env=environment(config), capture_output=True, text=True, timeout=120)
    assert again.returncode == 0
    assert "town: 0 found, 1 due before, 1 new" in again.stderr


def site_source(site: Site) -> dict[str, object]:
    """The values of a source file for a site on loopback."""
    return {
        "kind": "site",
        "title": "Town",
        "home": f"{site.url}/",
        "zone": "UTC",
        "feeds": [f"{site.url}/feed"],
        "delay_s": 0,
        "allow_addresses": ["127.0.0.1/32"],
    }


@pytest.mark.long
@pytest.mark.prefect
def test_a_second_demo_adds_nothing(tmp_path: Path) -> None:
    """In processes of their own, each with a temporary Prefect server."""
    command = [sys.executable, "-m", "flows", "demo", "--weeks", "1", "--data", str(tmp_path / "data")]
    variables = environment(config_in(tmp_path))
    first, second = (
        subprocess.run(command, env=variables, capture_output=True, text=True, timeout=300) for _ in range(2)
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "starting a temporary Prefect server" in first.stderr
    assert "0 files, 0 exchanges loaded" in second.stderr
    assert first.stdout == second.stdout
    assert "█" in first.stdout
