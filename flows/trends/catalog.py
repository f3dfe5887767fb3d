"""Reads the header of each trend in sql/trends/ strictly: title, question, grain, range of days, parameters, chart."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from flows.errors import ConfigError
from flows.settings import ROOT

Kind = Literal["date", "by", "clock", "count", "show", "tags", "text", "topic", "integer", "number"]
Chart = Literal["line", "bar", "heat", "table"]
Postprocess = Literal[
    "none", "weather_lift", "rising", "mix_change", "after_alert", "pairs", "local_share", "fading", "skill"
]
Known = Literal["counted", "compared", "left out"]

KINDS: Final = get_args(Kind)
CHARTS: Final = get_args(Chart)
POSTPROCESSES: Final = get_args(Postprocess)
KNOWNS: Final = get_args(Known)
# Parameters that the statement does not use.
POSTPROCESS_PARAMS: Final = {
    "weather_lift": ("permutations", "show"), "rising": ("show", "top"), "mix_change": ("show", "top"),
    "after_alert": ("hours", "permutations", "show"), "pairs": ("show", "top"), "local_share": ("show", "top"),
    "fading": ("faded", "show", "top"), "skill": ("show",),
}  # fmt: skip
TEXT_KEYS: Final = ("title", "question", "grain", "needs", "x", "y", "series")
KEYS: Final = (*TEXT_KEYS, "range", "known", "tags", "chart", "postprocess", "param", "heading")
RESOLVED: Final = ("since", "until", "with_known")  # set by the range of days, whether they are parameters or not
_LINE = re.compile(r"--\s?([a-z]+):\s*(.*)")
_HEADING = re.compile(r"([a-z0-9_]+) = (\S.*)")
_PARAM = re.compile(r"([a-z_]+) +([a-z]+) *= *(\S+) +- +(\S.*)")
_USED = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")
_RANGE = re.compile(r"(?:(\d+) days|(days)(?: \+ (\d+))?|history|all)(, all of one source)?")
_CHOICES: Final = {"tags": ("counted",), "chart": CHARTS, "postprocess": POSTPROCESSES, "known": KNOWNS}


@dataclass(frozen=True, slots=True)
class Param:
    """One `$name` of a trend's statement; `default` is the text in the header, None for `none`."""

    name: str
    kind: Kind
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Range:
    """The days that a trend covers by default: `days` of them (plus the parameter `days` with `by_param`) up to the
    last one, or all with None. `is_history`: up to 90 days or 104 weeks, up to the last day in the ledger.
    `whole_source`: all days where one source is named."""

    days: int | None
    by_param: bool = False
    is_history: bool = False
    whole_source: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """One trend: its header and the path of its statement. `series` is None for a chart with a single line;
    `postprocess` names the statistics in Python that turn the statement's rows into the result; `known` says what
    becomes of articles of days that were not observed, `needs` what must be in the warehouse for an answer.
    `counts_tags`: the answer rests on tags, so that it says how many articles have any."""

    name: str
    title: str
    question: str
    grain: str
    needs: str
    range: Range | None
    known: Known | None
    params: tuple[Param, ...]
    chart: Chart
    x: str
    y: str
    series: str | None
    postprocess: Postprocess
    path: Path
    counts_tags: bool = False
    headings: Mapping[str, str] = field(default_factory=dict)


def names(folder: Path | None = None) -> list[str]:
    """The names of all trends, sorted: the stems of sql/trends/*.sql."""
    return sorted(path.stem for path in _folder(folder).glob("*.sql"))


def load(name: str, folder: Path | None = None) -> Trend:
    """The trend called `name`; raises ConfigError for an unknown name (with the nearest one) or an invalid header."""
    known = names(folder)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        raise ConfigError(f"unknown trend '{name}': {_hint(near)}`newsvane trends` lists them")
    path = _folder(folder) / f"{name}.sql"
    return parse(path.read_text("utf-8"), path)


@cache
def parse(text: str, path: Path) -> Trend:
    """The trend whose file contains `text`; raises ConfigError naming file and line for an invalid header."""
    head: dict[str, str] = {}
    params: list[Param] = []
    headings: dict[str, str] = {}
    for number, line in enumerate(_header(text), start=1):
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise ConfigError(f"{path}: line {number}: expected '-- key: value' in the header, found '{line.rstrip()}'")
        key, value = match[1], match[2].strip()
        if key == "param":
            params.append(_param(value, [param.name for param in params], path, number))
        elif key == "heading":
            name, text_of = _heading(value, headings, path, number)
            headings[name] = text_of
        else:
            head[key] = _value(key, value, head, path, number)
    _check(head, params, text, path)
    return Trend(
        name=path.stem,
        title=head["title"],
        question=head["question"],
        grain=head["grain"],
        needs=head["needs"],
        range=_range(head["range"]) if "range" in head else None,
        known=cast(Known, head["known"]) if "known" in head else None,
        params=tuple(params),
        chart=cast(Chart, head["chart"]),
        x=head["x"],
        y=head["y"],
        series=None if head["series"] == "none" else head["series"],
        postprocess=cast(Postprocess, head.get("postprocess", "none")),
        path=path,
        counts_tags="tags" in head,
        headings=headings,
    )


def used(trend: Trend) -> frozenset[str]:
    """The names of the parameters that the trend's statement uses."""
    return _used(trend.path)


@cache
def _used(path: Path) -> frozenset[str]:
    return frozenset(_USED.findall(_COMMENT.sub("", path.read_text("utf-8"))))


def _folder(folder: Path | None) -> Path:
    return folder or ROOT / "sql" / "trends"


def _header(text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line)
    return lines


def _value(key: str, value: str, head: dict[str, str], path: Path, number: int) -> str:
    where = f"{path}: line {number}"
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.5)
        raise ConfigError(f"{where}: unknown key '{key}': {_hint(near)}valid keys: {', '.join(KEYS)}")
    if key in head:
        raise ConfigError(f"{where}: duplicate key '{key}'")
    if not value:
        raise ConfigError(f"{where}: key '{key}' has no value")
    valid = _CHOICES.get(key)
    if valid and value not in valid:
        raise ConfigError(f"{where}: unknown {key} '{value}'; valid values: {', '.join(valid)}")
    if key == "range" and not _RANGE.fullmatch(value):
        raise ConfigError(f"{where}: unknown range '{value}'; valid: N days, days, days + N, history or all")
    return value


def _param(value: str, declared: list[str], path: Path, number: int) -> Param:
    where = f"{path}: line {number}"
    match = _PARAM.fullmatch(value)
    if match is None:
        raise ConfigError(f"{where}: expected 'param: name kind = default - meaning', found '{value}'")
    if match[2] not in KINDS:
        raise ConfigError(f"{where}: unknown kind '{match[2]}'; valid kinds: {', '.join(KINDS)}")
    if match[1] in declared:
        raise ConfigError(f"{where}: parameter '{match[1]}' is declared twice")
    return Param(match[1], cast(Kind, match[2]), None if match[3] == "none" else match[3], match[4])


def _heading(value: str, declared: Mapping[str, str], path: Path, number: int) -> tuple[str, str]:
    match = _HEADING.fullmatch(value)
    if match is None or match[1] in declared:
        wrong = "is declared twice" if match else "is not 'heading: column = text'"
        raise ConfigError(f"{path}: line {number}: heading '{value}' {wrong}")
    return match[1], match[2]


def _check(head: dict[str, str], params: list[Param], text: str, path: Path) -> None:
    """Raise ConfigError unless the header is complete and declares exactly the parameters that the statement uses."""
    missing = [key for key in (*TEXT_KEYS, "chart") if key not in head]
    if missing:
        raise ConfigError(f"{path}: the header (lines 1 to {len(_header(text))}) is missing {', '.join(missing)}")
    if ("range" in head) != ("known" in head):
        raise ConfigError(f"{path}: the header needs both `range` and `known`, or neither")
    declared = {param.name for param in params} | set(RESOLVED if "range" in head else ())
    for number, line in enumerate(text.splitlines(), start=1):
        undeclared = set(_USED.findall(_COMMENT.sub("", line))) - declared
        if undeclared:
            raise ConfigError(f"{path}: line {number}: parameter '{min(undeclared)}' is used but not declared")
    elsewhere = {*POSTPROCESS_PARAMS.get(head.get("postprocess", "none"), ()), *_range_params(head)}
    for param in params:
        if param.name not in elsewhere and f"${param.name}" not in _COMMENT.sub("", text):
            number = next(at for at, line in enumerate(text.splitlines(), 1) if f"param: {param.name} " in line)
            raise ConfigError(f"{path}: line {number}: parameter '{param.name}' is declared but not used")


def _range_params(head: dict[str, str]) -> set[str]:
    """The parameters that the range of days uses, so that the statement need not."""
    if "range" not in head:
        return set()
    return {"since", "until"} | ({"days"} if _range(head["range"]).by_param else set())


def _range(value: str) -> Range:
    match = _RANGE.fullmatch(value)
    assert match is not None, value  # _value checked it
    fixed, by_param, added, whole = match.groups()
    days = int(fixed or added or 0) if fixed or by_param else None
    return Range(days, bool(by_param), value.startswith("history"), bool(whole))


def _hint(near: list[str]) -> str:
    return f"did you mean '{near[0]}'? " if near else ""
