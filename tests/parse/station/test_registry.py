"""Site systems are found by their modules: the shipped ones, one added to a copy, and incomplete ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.parse.station.registry import TEMPLATES, template_of

ROOT = Path(__file__).parents[3]
SYSTEMS = "flows/parse/station/systems"
MADE_UP = '''
"""A made-up system."""
from flows.parse.article.generic_reader import read_article

ORDER = 5

def matches(url, head):
    return "pebblecms" in head

def native_id(parsed, body):
    return parsed.url.rpartition("/")[2]

def read(document, page, zone):
    return read_article(document, page, zone)
'''
PARSE = """
from flows.model import Page
from flows.parse import Context, parse
for name in ("pebblecms", "other"):
    parsed = parse(Page("https://x.example/77", f"<meta name=generator content={name}><h1>Rain</h1>"), Context())
    print(parsed.template, parsed.native_id)
"""


@pytest.mark.parametrize(
    ("url", "markup", "name"),
    [
        ("https://x.example/content/news/Bridge-501234567.html", "", "heartland-2017"),
        ("https://x.example/", "<div class='wxRotate'></div>", "heartland-2017"),
        ("https://x.example/", "<script src='/tncms/x.js'></script><div class='wxRotate'></div>", "heartland-2017"),
        ("https://x.example/news/a/article_6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a.html", "", "blox-2021"),
        ("https://x.example/news/a/article_6CBBF41A-6bce-11ec-9f22-1f2e3d4c5b6a.html", "", "blox-2021"),
        ("https://x.example/", "<script src='/tncms/x.js'></script><link href='/wp-content/a.css'>", "blox-2021"),
        ("https://x.example/2026/11/a/", "<link href='/wp-content/a.css'>", "wordpress"),
        ("https://x.example/2026/11/a/", "<h1>a</h1>", "generic"),
        ("https://x.example/2026/11/a/", " " * 60_000 + "<link href='/wp-content/a.css'>", "generic"),
    ],
)
def test_template_of_a_page(url: str, markup: str, name: str) -> None:
    assert template_of(url, markup).name == name


def test_every_module_is_registered_and_generic_is_last() -> None:
    modules = {file.stem.replace("_", "-") for file in (ROOT / SYSTEMS).glob("*.py")} - {"--init--"}
    assert {template.name for template in TEMPLATES} == modules
    assert TEMPLATES[-1].name == "generic"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package, to which a module can be added."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PARSE], cwd=folder, env={}, capture_output=True, text=True)


def test_a_new_module_is_a_new_system(copied: Path) -> None:
    (copied / SYSTEMS / "pebble_2030.py").write_text(MADE_UP, "utf-8")
    done = run(copied)
    assert done.stdout.splitlines() == ["pebble-2030 77", "generic None"], done.stderr


@pytest.mark.parametrize(
    ("whole", "damaged", "problem"),
    [
        ("ORDER = 5", "", "ORDER is missing"),
        ("def native_id", "def native_number", "native_id is missing"),
        ("matches(url, head)", "matches(url)", r"matches must take (url, head)"),
        ("def read(", "read_text = None\n\ndef read(", "read_text must take (page, text, source, context)"),
    ],
)
def test_an_incomplete_module_is_named_with_what_is_missing(
    copied: Path, whole: str, damaged: str, problem: str
) -> None:
    assert whole in MADE_UP
    (copied / SYSTEMS / "pebble_2030.py").write_text(MADE_UP.replace(whole, damaged), "utf-8")
    done = run(copied)
    assert done.returncode == 1
    error = done.stderr.splitlines()[-1]
    assert error.startswith("ImportError: flows.parse.station.systems.pebble_2030 is not a complete site system: ")
    assert problem in error
