"""The walls of the house: who may import whom, and what stays out of the repository."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("cli", "pipeline", "fetch", "parse", "warehouse", "trends", "simulator")
GROUND = {"flows.model", "flows.errors", "flows.settings", "flows.sources", "flows.clock"}
OWNERS = {"requests": "fetch", "duckdb": "warehouse", "pyarrow": "warehouse"}
# Which other rooms a room may import; the flow files beside the rooms may import all of them.
MAY_IMPORT = {
    "cli": {"pipeline", "fetch", "parse", "warehouse", "trends", "simulator", "FLOWS"},
    "pipeline": {"fetch", "parse", "warehouse", "trends", "simulator"},
    "trends": {"warehouse"},
}


def imports(path: Path) -> set[str]:
    """Every module a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            if node.module in ("flows", *(f"flows.{room}" for room in ROOMS)):
                found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


@pytest.mark.parametrize("path", sorted((ROOT / "flows").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_keep_to_the_walls(path: Path) -> None:
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


def test_no_module_bears_a_standard_name() -> None:
    taken = [p.name for p in (ROOT / "flows").glob("*.py") if p.stem in sys.stdlib_module_names]
    assert not taken


def test_the_parser_is_light() -> None:
    heavy = ("prefect", "duckdb", "pyarrow", "requests")
    code = f"import sys, flows.parse.jsonl; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"


def test_the_lock_has_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    assert not [
        line for line in text.splitlines() if line.startswith(("-i", "--index", "--extra", "--find", "--trusted"))
    ]
    pinned = [line for line in text.splitlines() if "==" in line]
    assert len(pinned) > 50
    assert all(line.endswith("\\") for line in pinned), "every pin is followed by its hashes"
