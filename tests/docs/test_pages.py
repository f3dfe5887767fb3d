"""The documents agree with the code: links, paths, tables, commands, make targets, and the picture of the rooms."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_layout import GROUND

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROOMS = {path.parent.name for path in (ROOT / "flows").glob("*/__init__.py")}
# Paths that only explain a pattern or a step.
EXAMPLES = re.compile(r"NN_|my_station")
BASE_MODULES = {name.removeprefix("flows.") for name in GROUND}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code_in(page: Path) -> list[str]:
    """The inline code of a page, without its fenced blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!\w+:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=lambda page: page.name)
def test_paths_and_tables_exist(page: Path) -> None:
    schema = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "sql" / "schema").glob("*.sql")))
    missing = []
    for code in code_in(page):
        if EXAMPLES.search(code):
            continue
        if re.fullmatch(r"(flows|sql|config|tests|docs)/[\w./-]+", code):
            missing += [code] if not (ROOT / code).exists() else []
        elif re.fullmatch(r"(fetch|parse|pipeline|warehouse|trends|simulator)/[\w/]+\.py", code):
            missing += [code] if not (ROOT / "flows" / code).exists() else []
        elif re.fullmatch(r"(dim|fact|agg)_\w+", code):
            missing += [code] if f"create table {code} " not in schema else []
    assert missing == []


def test_the_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate_reference.py", "--check"], capture_output=True, text=True, cwd=ROOT
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_page_of_events_has_every_event() -> None:
    named = set(re.findall(r"^\| `(newsvane\.[\w.]+)`", text_of("docs/events.md"), re.MULTILINE))
    assert named == set(re.findall(r'"(newsvane\.\w+\.\w+)"', text_of("flows/events.py")))


def test_the_site_is_built_without_a_broken_link_and_shows_every_page(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"], capture_output=True, text=True, cwd=tmp_path
    )
    assert built.returncode == 0, built.stdout + built.stderr
    listed = set(re.findall(r"^ +- ([\w/-]+\.md)$", text_of("mkdocs.yml"), re.MULTILINE))
    assert listed == {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")}
    for page in listed:
        assert (tmp_path / "site" / page).with_suffix(".html").exists()


def test_every_make_target_named_in_a_page_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z -]*):", text_of("Makefile"), re.MULTILINE))
    targets = {target for line in targets for target in line.split()}
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text("utf-8"))}
    assert named <= targets
    assert {"run", "test", "lint", "cover"} <= named


def imported_rooms(path: Path) -> Iterator[str]:
    """The rooms, or `flows` for a flow file, that a module of flows/ imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flows."):
            name = str(node.module).split(".")[1]
            if name not in BASE_MODULES:
                yield name if name in ROOMS else "flows"


def test_the_picture_of_the_rooms_shows_the_imports() -> None:
    arrows = set()
    for path in (ROOT / "flows").rglob("*.py"):
        if path.name == "__main__.py":
            continue  # starts the command
        inside = path.relative_to(ROOT / "flows").parts
        room = inside[0] if len(inside) > 1 else "flows"
        arrows |= {(room, other) for other in imported_rooms(path) if other != room}
    picture = text_of("docs/architecture.md").partition("```mermaid")[2].partition("```")[0]
    assert set(re.findall(r"^ +(\w+) --> (\w+)$", picture, re.MULTILINE)) == arrows


def glossary() -> dict[str, str]:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", text_of("docs/glossary.md"), re.MULTILINE)
    return dict(rows[1:])


def test_the_glossary_is_in_order_and_defines_each_term_once() -> None:
    lines = [line for line in text_of("docs/glossary.md").splitlines() if line.startswith("| ")]
    terms = [line.split(" | ")[0].removeprefix("| ") for line in lines[1:]]
    assert terms == sorted(terms)
    assert len(terms) == len(set(terms)) == len(glossary())
    assert all(meaning.endswith(".") for meaning in glossary().values())


@pytest.mark.parametrize(
    "term",
    [
        "source", "page", "article", "tag", "topic", "banner", "exchange", "reading", "observation", "forecast",
        "revision", "interval", "snapshot", "batch", "span", "channel", "story", "origin", "closing poll",
        "normalized label", "fetcher", "fetch job", "outcome", "fingerprint", "postprocess", "catalog", "boilerplate",
    ],
)  # fmt: skip
def test_the_glossary_has_the_term(term: str) -> None:
    assert term in glossary()
