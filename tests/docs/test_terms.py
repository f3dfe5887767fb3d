"""The names in the code use the terms of docs/glossary.md: words that were replaced do not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "flows").rglob("*.py"))
STATEMENTS = sorted((ROOT / "sql").rglob("*.sql"))

# A word that names must not contain -> the term to use. A plural is found by its singular.
REPLACED = {
    "ail": "issue",
    "ailing": "issues",
    "asking": "query (the module of commands that read the snapshot)",
    "cast": "fixtures",
    "catalogue": "catalog",
    "chance": "rng",
    "courier": "fetcher",
    "distort": "response_faults",
    "errand": "fetch job",
    "furniture": "boilerplate",
    "harm": "socket_faults",
    "judge": "classify (an exchange), postprocess (a trend)",
    "look": "exchange, poll",
    "nesting": "markup_limits",
    "pace": "rate_limit",
    "rehearse": "simulate",
    "rehearsal": "simulation",
    "retold": "changed",
    "salvage": "recovery",
    "settle": "refresh_rollups",
    "spell": "interval",
    "tame": "limit_markup (module markup_limits)",
    "told": "current, or a verb that says what happened (notified, reported)",
    "upkeep": "maintenance",
    "verdict": "outcome",
}
# The same for words that are wrong only as a whole name.
REPLACED_NAMES = {
    "fold": "apply_exchange (an exchange), normalize_label (a label)",
    "foreign": "external_warc",
    "lay": "create_snapshot",
    "library": "catalog",
    "put_back": "restore",
}
# "bar" is a banner, except where charts are drawn.
BAR_CHARTS = {"flows/trends", "flows/web"}


def words_of(name: str) -> list[str]:
    """The words of a snake_case or CamelCase name, in lower case and in the singular."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)
    return [singular(word.lower()) for word in words]


def singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def names_in(source: str) -> Iterator[tuple[int, str]]:
    """The names that a module defines, each with its line: classes, functions, parameters, variables, attributes and
    import aliases. What it imports, reads or passes by keyword is named elsewhere."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.ImportFrom(names=aliases) | ast.Import(names=aliases):
                yield from ((node.lineno, alias.asname) for alias in aliases if alias.asname)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
                yield node.lineno, name


def replacement(name: str, folder: str) -> str | None:
    """What to call `name` instead, None if it may stay."""
    if name.strip("_").lower() in REPLACED_NAMES:
        return REPLACED_NAMES[name.strip("_").lower()]
    words = words_of(name)
    if "bar" in words and not any(folder.startswith(charts) for charts in BAR_CHARTS):
        return "banner"
    return next((REPLACED[word] for word in words if word in REPLACED), None)


def faults_of(path: Path) -> list[str]:
    """One line per name to replace: where it is, and what to write instead."""
    shown = path.relative_to(ROOT).as_posix()
    folder = Path(shown).parent.as_posix()
    names = [(1, re.sub(r"^\d+_", "", path.stem))]
    if path.suffix == ".py":
        names += names_in(path.read_text("utf-8"))
    return [f"{shown}:{line}: '{name}': use {term}" for line, name in names if (term := replacement(name, folder))]


@pytest.mark.parametrize("path", [*MODULES, *STATEMENTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_use_the_terms_of_the_glossary(path: Path) -> None:
    faults = faults_of(path)
    assert not faults, "replaced terms in names (docs/glossary.md):\n" + "\n".join(dict.fromkeys(faults))


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Courier", "fetcher"),
        ("_open_errands", "fetch job"),
        ("FrontPageSpell", "interval"),
        ("put_back", "restore"),
        ("ails", "issue"),
        ("closing_bars", "banner"),
        ("bar", "banner"),
    ],
)
def test_a_replaced_term_is_found_in_any_name(name: str, term: str) -> None:
    assert replacement(name, "flows/fetch") == term


@pytest.mark.parametrize(
    "name", ["banner", "spelling", "folded", "pacific", "broadcast", "forecast", "harmless", "outlook"]
)
def test_other_words_may_contain_its_letters(name: str) -> None:
    assert replacement(name, "flows/fetch") is None


def test_a_chart_has_bars() -> None:
    assert replacement("_bars", "flows/trends") is None


def test_names_are_found_wherever_a_module_defines_them() -> None:
    source = "\n".join([
        "from typing import cast, Any as verdict",
        "class Courier:",
        "    def errand(self, spell, *, salvage=None):",
        "        self.furniture = [tame for tame in spell]",
        "        with open(spell) as retold:",
        "            return cast(dict(told=retold), salvage)",
    ])  # fmt: skip
    assert {name for _, name in names_in(source)} == {
        "verdict", "Courier", "errand", "self", "spell", "salvage", "furniture", "tame", "retold",
    }  # fmt: skip
