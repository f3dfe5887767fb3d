"""Reads the cells of weather tables: numbers with their missing and trace marks, and counts of what cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from math import isfinite
from typing import Final

from flows.errors import ShapeError
from flows.parse.page.clean import clean_text
from flows.weather_model import ReadProblem

MISSING: Final = frozenset({"", "M", "MM", "null", "None", "NaN", "nan"})
TRACE: Final = frozenset({"T", "0.0001", "0.00010"})
_MAX_SAMPLE: Final = 120

KNOT_MPH: Final = 1.852 / 1.609344
METER_PER_SECOND_MPH: Final = 3600 / 1609.344
MM_PER_INCH: Final = 25.4
FEET_PER_METER: Final = 1 / 0.3048
INHG_HPA: Final = 33.8638866667


def fahrenheit(celsius: float) -> float:
    """Degrees Fahrenheit, two decimals."""
    return round(celsius * 9 / 5 + 32, 2)


def mph_of_knots(knots: float) -> float:
    """Miles per hour, two decimals."""
    return round(knots * KNOT_MPH, 2)


def mph_of_meters(meters_per_second: float) -> float:
    """Miles per hour of meters per second, two decimals."""
    return round(meters_per_second * METER_PER_SECOND_MPH, 2)


def inches_of_mm(millimeters: float) -> float:
    """Inches, four decimals: sums of a year stay right to a hundredth."""
    return round(millimeters / MM_PER_INCH, 4)


def same(value: float) -> float:
    """A value that has the right unit already, two decimals."""
    return round(value, 2)


class Problems:
    """Counts what cannot be read, by kind. `line` is the line being read, from 1."""

    def __init__(self) -> None:
        self.line = 0
        self._found: dict[str, list[int | str]] = {}

    def add(self, problem: str, sample: str = "", rows: int = 1) -> None:
        """Count a problem on the current line; the sample of the first one is kept, shortened and cleaned."""
        known = self._found.get(problem)
        if known is None:
            self._found[problem] = [rows, self.line, clean_text(sample)[:_MAX_SAMPLE]]
        else:
            known[0] = int(known[0]) + rows

    def listed(self) -> list[ReadProblem]:
        """The problems, most frequent first."""
        found = [ReadProblem(name, int(rows), int(line), str(text)) for name, (rows, line, text) in self._found.items()]
        return sorted(found, key=lambda problem: (-problem.rows, problem.problem))


class Cells(dict[str, float | None]):
    """Cell text -> converted number, None for a missing mark. A cell that is no number, or is outside the range (of the
    converted value), gives None and is counted as a problem at each occurrence; other texts are converted once."""

    def __init__(
        self,
        name: str,
        problems: Problems,
        convert: Callable[[float], float] = same,
        low: float = float("-inf"),
        high: float = float("inf"),
    ) -> None:
        super().__init__()
        self._name, self._problems, self._convert = name, problems, convert
        self._low, self._high = low, high

    def __missing__(self, cell: str) -> float | None:
        text = cell.strip()
        if text in MISSING:
            self[cell] = None
            return None
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            self._problems.add(f"{self._name}: not a number", cell)
            return None
        value = self._convert(number)
        if not self._low <= value <= self._high:
            self._problems.add(f"{self._name}: out of range", cell)
            return None
        self[cell] = value
        return value


class Amounts(Cells):
    """Cells of an amount of precipitation or snow: a trace mark reads as 0, see `is_trace`."""

    def __missing__(self, cell: str) -> float | None:
        if cell.strip() in TRACE:
            self[cell] = 0.0
            return 0.0
        return super().__missing__(cell)


def is_trace(cell: str) -> bool:
    """Whether a cell says that a trace fell: too little to measure, which is neither nothing nor missing."""
    return cell.strip() in TRACE


def table_rows(text: str, delimiter: str, first_line: int, problems: Problems) -> Iterator[list[str]]:
    """The rows of delimited text with their line number in `problems`, without empty and `#` lines. Quotes are read
    where the text has any. A row that is too long for the CSV reader ends the reading with ShapeError."""
    if '"' not in text:
        for problems.line, line in enumerate(text.splitlines(), first_line):
            if line and line[0] != "#":
                yield line.split(delimiter)
        return
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for row in reader:
            problems.line = first_line + reader.line_num - 1
            if row and not row[0].startswith("#"):
                yield row
    except csv.Error as error:
        raise ShapeError(f"line {first_line + reader.line_num - 1}: not CSV: {error}") from error


def rows_of_width(rows: Iterator[list[str]], width: int, problems: Problems) -> Iterator[list[str]]:
    """The rows with as many cells as the header; any other is counted."""
    for row in rows:
        if len(row) == width:
            yield row
        elif any(cell.strip() for cell in row):
            problems.add(f"{len(row)} cells instead of {width}", ",".join(row))


def positions_of(header: Sequence[str], names: Sequence[str]) -> list[int]:
    """The index of each named column; one past the header for a column that is not there, where the caller appends an
    empty cell."""
    known = {name.strip(): index for index, name in enumerate(header)}
    return [known.get(name, len(header)) for name in names]
