"""Every command block of the documentation is run, or says why not."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from flows.settings import ROOT
from tests.docs.clone import at_station, blocks_of, clone_at, follow, run, set_up, station_on_air

PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
ON_THE_DEMO = ("docs/tutorial.md", "docs/how-to/tools.md")
AT_A_STATION = (
    "docs/station.md",
    "docs/how-to/source.md",
    "docs/how-to/trend.md",
    "docs/how-to/alias.md",
    "docs/how-to/backfill.md",
)
# How a block begins -> why no test of this module runs it.
NOT_RUN = {
    "useradd": "changes the machine; tests/cli/test_doctor_deploy.py reads the units",
    "cp deploy": "needs a container engine",
    "createdb": "needs several machines; tests/cluster has them on loopback",
    "rsync": "tests/pipeline/test_backup.py copies the same folders",
    "PREFECT_API_URL": "needs a server; tests/flows/test_worker.py has one",
    "newsvane up": "runs until it is stopped; tests/flows has it",
    ".venv/bin/newsvane up": "runs until it is stopped; tests/flows has it",
    "newsvane serve": "runs until it is stopped; tests/cli/test_serve.py has it",
    ".venv/bin/newsvane serve": "runs until it is stopped; tests/cli/test_serve.py has it",
    "newsvane backfill crawls/": "reads other hosts; tests/pipeline/test_archive_inputs.py has them on loopback",
    "newsvane fill": "asks sites; tests/pipeline/test_gap_fill.py has them on loopback",
    "newsvane fetch": "asks sites; tests/cli/test_fetch_past.py has one on loopback",
    "newsvane trend topic_frequency --lake": "needs a lake; tests/cli/test_query.py has one",
    "newsvane weather backfill": "asks services; tests/cli/test_weather.py has them on loopback",
}
FOLLOWED = (*ON_THE_DEMO, *AT_A_STATION)


def is_excused(text: str) -> bool:
    return text.startswith(tuple(NOT_RUN))


@pytest.mark.parametrize("page", [page for page in PAGES if page != "docs/commands.md"])
def test_each_command_block_is_run_or_says_why_not(page: str) -> None:
    commands = [text for language, text in blocks_of(page) if language in ("", "sh") and not is_excused(text)]
    assert commands == [] or page in FOLLOWED
    assert all(language for language, text in blocks_of(page) if text in commands)


def test_each_reason_has_a_block() -> None:
    blocks = [text for page in PAGES for _, text in blocks_of(page)]
    assert [start for start in NOT_RUN if not any(text.startswith(start) for text in blocks)] == []


@pytest.mark.long
def test_the_demo_pages(tmp_path: Path) -> None:
    clone = clone_at(tmp_path)
    for page in ON_THE_DEMO:
        for language, text in blocks_of(page):
            if language == "python":
                assert re.search(r"\d", run(clone, [sys.executable, "-c", text]).stdout)
            elif not is_excused(text):
                done = follow(clone, text.replace("make run", ".venv/bin/newsvane demo"))
                assert done.stdout + done.stderr


@pytest.mark.long
def test_the_pages_about_a_station(tmp_path: Path) -> None:
    """In one clone: what several pages say is run once."""
    clone = clone_at(tmp_path)
    done: list[str] = []
    with station_on_air() as home:
        for language, text in [block for page in AT_A_STATION for block in blocks_of(page)]:
            if language == "toml":
                with (clone / "config" / "topics.toml").open("a", encoding="utf-8") as topics:
                    topics.write(f"\n{text}")
            elif not is_excused(text):
                script = without(done, text)
                if "crawl.warc.gz" in script:
                    shutil.copy(next((clone / "data" / "raw").rglob("*.warc.gz")), clone / "crawl.warc.gz")
                follow_at(clone, script, home)
                done += script.splitlines()
    assert "articles_by_weekday" in follow(clone, "newsvane trends").stdout


def without(done: list[str], text: str) -> str:
    """The block without the lines that an earlier page has run."""
    return "".join(f"{line}\n" for line in text.splitlines() if line not in done)


def follow_at(clone: Path, script: str, home: str) -> None:
    if script.startswith("newsvane init"):
        set_up(clone, script)
    else:
        follow(clone, at_station(script, home))
