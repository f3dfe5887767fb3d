"""The layout of the code: who may import whom, what modules are called, and what stays out of the repository."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import SLOW_FIRST

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "flows").rglob("*.py"))
ROOMS = ("cli", "pipeline", "fetch", "parse", "warehouse", "trends", "web", "simulator")
GROUND = {
    "flows.captures", "flows.clock", "flows.config_files", "flows.counts", "flows.errors", "flows.hosts", "flows.model",
    "flows.data_layout", "flows.settings", "flows.sources", "flows.topic_config", "flows.weather_model",
}  # fmt: skip
OWNERS = {"requests": "fetch", "duckdb": "warehouse", "pyarrow": "warehouse"}
# The other rooms that a room may import; the flow files beside the rooms may import all of them.
MAY_IMPORT = {
    "cli": {"pipeline", "fetch", "parse", "warehouse", "trends", "web", "simulator", "FLOWS"},
    "pipeline": {"fetch", "parse", "warehouse", "trends", "web", "simulator"},
    "trends": {"warehouse"},
    "web": {"trends", "warehouse"},
}
# Names that two places use, and why one name is right for both.
SHARED_NAMES = {
    "alerts": "parse/nws/alerts reads the API, parse/station/alerts the text on pages",
    "article": "parse/article reads an article, simulator/article writes one",
    "load": "pipeline/load chooses the files, warehouse/load runs the statements",
    "nws": "parse/nws reads what fetch/discovery/nws fetches",
    "parse": "cli/parse is the command of the parse room",
    "run": "fetch/run runs one source, trends/run one trend",
    "search": "cli/search is the command of warehouse/search",
    "serve": "serve.py deploys the flows, cli/serve is the command of the explorer",
    "sources": "cli/sources has the commands about the models of sources.py",
    "weather": "cli/weather loads the weather of the past, simulator/weather invents it",
}
# Names that the standard library uses too: inside a room and imported absolutely, they hide nothing.
STANDARD_NAMES = {"http", "site", "statistics"}


def test_the_slow_modules_exist() -> None:
    assert [module for module in SLOW_FIRST if not (ROOT / module).is_file()] == []


def imports(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            if node.module in ("flows", *(f"flows.{room}" for room in ROOMS)):
                found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def places_by_name() -> dict[str, set[str]]:
    """Name of a module or package -> its places below flows/."""
    places = defaultdict(set)
    for path in MODULES:
        place = path.parent if path.stem == "__init__" else path
        places[place.stem].add(str(place.relative_to(ROOT)))
    return dict(places)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_respect_the_rooms(path: Path) -> None:
    inside = path.relative_to(ROOT / "flows").parts
    room = inside[0] if len(inside) > 1 else None
    for name in imports(path):
        top = name.partition(".")[0]
        if top in OWNERS and path.name != "errors.py":
            assert room == OWNERS[top], f"only flows/{OWNERS[top]} imports {top}"
        if room is None:
            continue
        assert top != "prefect" or room == "cli", "only flow files and cli import prefect"
        if top == "flows" and name != "flows" and not any(name == g or name.startswith(g + ".") for g in GROUND):
            other = name.split(".")[1]
            allowed = MAY_IMPORT.get(room, set())
            is_room = other in ROOMS
            assert other == room or (other if is_room else "FLOWS") in allowed, f"{room} imports {name}"


def test_every_flow_file_is_a_flow_file() -> None:
    """A module beside the rooms uses Prefect; everything else belongs in a room."""
    ground = {name.partition(".")[2] for name in GROUND} | {"__init__", "__main__"}
    others = [path for path in (ROOT / "flows").glob("*.py") if path.stem not in ground]
    assert others
    assert [path.name for path in others if not any(name.startswith("prefect") for name in imports(path))] == []


def test_one_name_is_one_place() -> None:
    assert {name for name, places in places_by_name().items() if len(places) > 1} == set(SHARED_NAMES)


def test_no_module_has_a_standard_name() -> None:
    assert set(places_by_name()) & sys.stdlib_module_names == STANDARD_NAMES
    assert not {path.stem for path in (ROOT / "flows").glob("*.py")} & sys.stdlib_module_names


@pytest.mark.parametrize("folder", ["flows", "tests"])
def test_every_module_opens_with_a_docstring(folder: str) -> None:
    texts = {path: path.read_text("utf-8") for path in (ROOT / folder).rglob("*.py")}
    without = [path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))]
    assert [str(path.relative_to(ROOT)) for path in without] == []


def test_the_parser_imports_nothing_heavy() -> None:
    heavy = ("prefect", "duckdb", "pyarrow", "requests")
    code = f"import sys, flows.parse.jsonl; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_lock_has_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    assert not [
        line for line in text.splitlines() if line.startswith(("-i", "--index", "--extra", "--find", "--trusted"))
    ]
    pinned = [line for line in text.splitlines() if "==" in line]
    assert len(pinned) > 50
    assert all(line.endswith("\\") for line in pinned), "every pin is followed by its hashes"
