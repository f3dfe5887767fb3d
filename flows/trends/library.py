"""Knows the questions: reads the header of each file in sql/trends/ strictly."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from flows.errors import ConfigError
from flows.settings import ROOT

Kind = Literal["date", "by", "clock", "text", "topic", "integer", "number"]
Chart = Literal["line", "bar", "heat", "table"]

KINDS: Final = get_args(Kind)
CHARTS: Final = get_args(Chart)
TEXT_KEYS: Final = ("title", "question", "grain", "x", "y", "series")
_LINE = re.compile(r"--\s?([a-z]+):\s*(.*)")
_PARAM = re.compile(r"([a-z_]+) +([a-z]+) *= *(\S+) +- +(\S.*)")
_USED = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True, slots=True)
class Param:
    """One `$name` of a trend's statement; `default` is the raw word of the header, None when it says `none`."""

    name: str
    kind: Kind
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One question: its header and the file that holds its statement. `series` is None where there is one line only."""

    name: str
    title: str
    question: str
    grain: str
    params: tuple[Param, ...]
    chart: Chart
    x: str
    y: str
    series: str | None
    path: Path


def names(folder: Path | None = None) -> list[str]:
    """The names of all trends, sorted: the stems of sql/trends/*.sql."""
    return sorted(path.stem for path in _folder(folder).glob("*.sql"))


def load(name: str, folder: Path | None = None) -> Trend:
    """The trend called `name`; raises ConfigError for an unknown name (with the nearest) or a faulty header."""
    known = names(folder)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known) or 'none'}"
        raise ConfigError(f"there is no trend '{name}': {hint}")
    path = _folder(folder) / f"{name}.sql"
    return parse(path.read_text("utf-8"), path)


def parse(text: str, path: Path) -> Trend:
    """The trend whose file holds `text`; raises ConfigError naming file and line for anything but a whole header."""
    head: dict[str, str] = {}
    params: list[Param] = []
    for number, line in enumerate(_header(text), start=1):
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise ConfigError(f"{path}: line {number}: expected '-- key: value' in the header, found '{line.rstrip()}'")
        key, value = match[1], match[2].strip()
        if key == "param":
            params.append(_param(value, path, number))
        elif key not in (*TEXT_KEYS, "chart"):
            raise ConfigError(f"{path}: line {number}: unknown key '{key}': {_nearest(key)}")
        elif key in head:
            raise ConfigError(f"{path}: line {number}: key '{key}' stands twice")
        else:
            head[key] = value
    _check(head, params, text, path)
    return Trend(
        name=path.stem,
        title=head["title"],
        question=head["question"],
        grain=head["grain"],
        params=tuple(params),
        chart=cast(Chart, head["chart"]),
        x=head["x"],
        y=head["y"],
        series=None if head["series"] == "none" else head["series"],
        path=path,
    )


def _folder(folder: Path | None) -> Path:
    return folder or ROOT / "sql" / "trends"


def _header(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line)
    return lines


def _param(value: str, path: Path, number: int) -> Param:
    match = _PARAM.fullmatch(value)
    if match is None:
        raise ConfigError(f"{path}: line {number}: expected 'param: name kind = default - meaning', found '{value}'")
    if match[2] not in KINDS:
        raise ConfigError(f"{path}: line {number}: unknown kind '{match[2]}'; kinds: {', '.join(KINDS)}")
    default = None if match[3] == "none" else match[3]
    return Param(match[1], cast(Kind, match[2]), default, match[4])


def _check(head: dict[str, str], params: list[Param], text: str, path: Path) -> None:
    """A header is whole, its chart is known, and its params are exactly those the statement uses."""
    missing = [key for key in (*TEXT_KEYS, "chart") if not head.get(key)]
    if missing:
        raise ConfigError(f"{path}: the header lacks {', '.join(missing)}")
    if head["chart"] not in CHARTS:
        raise ConfigError(f"{path}: unknown chart '{head['chart']}'; charts: {', '.join(CHARTS)}")
    declared = [param.name for param in params]
    used = set(_USED.findall(_COMMENT.sub("", text)))
    if len(declared) != len(set(declared)):
        raise ConfigError(f"{path}: a parameter is declared twice")
    if used != set(declared):
        odd = ", ".join(sorted(used ^ set(declared)))
        raise ConfigError(f"{path}: parameters declared and used differ: {odd}")


def _nearest(key: str) -> str:
    keys = (*TEXT_KEYS, "chart", "param")
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else f"valid keys: {', '.join(keys)}"
