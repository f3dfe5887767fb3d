"""Builds Vega-Lite specifications: gaps stay gaps, intervals are drawn, periods that are not whole are marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flows.trends.charts import cell
from flows.warehouse.text_rows import plain
from flows.web.wording import NO_HEADINGS, column_text, is_share, value_text

Spec = dict[str, Any]
_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_MOST_BARS: Final = 30
_INTERVALS: Final = (("share_low", "share_high"), ("lift_low", "lift_high"), ("ratio_low", "ratio_high"))

_GAPS: Final = {"invalid": "break-paths-show-path-domains"}
_LINKED: Final[Spec] = {"href": {"field": "href"}, "tooltip": {"field": "tip"}}
_DAY_AXIS: Final[Spec] = {
    "field": "x",
    "type": "temporal",
    "title": "day",
    "scale": {"type": "utc"},  # days have no time zone
    "axis": {"tickCount": 8, "labelOverlap": True, "format": "%b %-d"},
}
_DAY_LINE: Final[Spec] = {"type": "line", **_GAPS}
_SHARED_X: Final = {"resolve": {"scale": {"x": "shared"}}}
_LEGEND: Final = {"title": None, "orient": "top", "columns": 3, "labelLimit": 150, "symbolOpacity": 1}
_AUTOSIZE: Final = {"type": "fit-x", "contains": "padding"}


@dataclass(frozen=True)
class Drawing:
    """What to draw: rows by column name, the columns of x, y and series, the link and wholeness of each row, and the
    headings of columns, where those are not their names in words."""

    rows: Sequence[dict[str, Any]]
    x: str
    y: str
    series: str | None
    title: str
    link_of: Callable[[dict[str, Any]], str | None] = lambda row: None
    partial: Callable[[dict[str, Any]], bool] = lambda row: False
    headings: Mapping[str, str] = field(default_factory=lambda: NO_HEADINGS)

    def text_of(self, column: str) -> str:
        """The heading of a column."""
        return column_text(column, self.headings)


def interval_columns(columns: Sequence[str], y: str) -> tuple[str, str] | None:
    """The columns with the ends of the interval of `y`, None if it has none."""
    pairs = [(f"{y}_low", f"{y}_high"), *(pair for pair in _INTERVALS if is_share(y) and pair[0].startswith("share"))]
    return next((pair for pair in pairs if pair[0] in columns and pair[1] in columns), None)


def line_spec(drawing: Drawing) -> Spec:
    """Lines over time, one per series. A missing value breaks the line; the end that leads to a period which is not
    whole is dashed, its point hollow."""
    low_high = interval_columns(list(drawing.rows[0]) if drawing.rows else [], drawing.y)
    values = _values(drawing, low_high)
    _mark_ends(values)
    y, color = _quantity(drawing), _color(drawing)
    whole, partial, end = {"filter": "!datum.partial"}, {"filter": "datum.partial"}, {"filter": "datum.end != null"}
    layers: list[Spec] = []
    if low_high:
        band = {"type": "area", "opacity": 0.15, **_GAPS}
        layers.append({"mark": band, "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}}})
    point = {"type": "point", "size": 40, "strokeWidth": 1.5, "invalid": "filter"}
    dashes = {"y": y, "detail": {"field": "end"}}
    layers += [
        {"transform": [whole], "mark": {"type": "line", "strokeWidth": 2, **_GAPS}, "encoding": {"y": y}},
        {"transform": [whole], "mark": {**point, "filled": True}, "encoding": {"y": y, **_LINKED}},
    ]
    if any(row["partial"] for row in values):
        layers += [
            {"transform": [end], "mark": {"type": "line", "strokeDash": [4, 4], **_GAPS}, "encoding": dashes},
            {"transform": [partial], "mark": point, "encoding": {"y": y, **_LINKED}},
        ]
    x = {**_DAY_AXIS, "title": drawing.text_of(drawing.x)}
    return {**_top(drawing.title, values), "height": 280, "encoding": {"x": x, **color}, "layer": layers}


def bar_spec(drawing: Drawing) -> Spec:
    """Horizontal bars in the order of the rows, at most 30, each with its interval if there is one."""
    low_high = interval_columns(list(drawing.rows[0]) if drawing.rows else [], drawing.y)
    values = _values(drawing, low_high)[:_MOST_BARS]
    names = _labels(drawing)[: len(values)]
    for row, name in zip(values, names, strict=True):
        row["label"] = name
    y = {"field": "label", "type": "nominal", "title": None, "sort": names, "axis": {"labelLimit": 220}}
    quantity = _quantity(drawing)
    x = {**quantity, "stack": None, "axis": {**quantity.get("axis", {}), "tickCount": 6, "grid": True}}
    # Values that are compared with a baseline, not counted from zero, are points with their interval.
    mark = {"type": "point", "filled": True, "size": 60} if low_high and not is_share(drawing.y) else {"type": "bar"}
    layers = [{"mark": mark, "encoding": {"x": x, **_LINKED}}]
    if low_high:
        ends = {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}}
        layers.append({"mark": {"type": "rule", "strokeWidth": 1.5, "color": "#777"}, "encoding": ends})
    return {**_top(drawing.title, values), "height": {"step": 22}, "encoding": {"y": y}, "layer": layers}


def _labels(drawing: Drawing) -> list[str]:
    """One name per row, different for each: x and series, then what other texts tell rows of one name apart."""
    texts = [name for name, value in (drawing.rows[0] if drawing.rows else {}).items() if isinstance(value, str)]
    differing = [name for name in texts if len({row[name] for row in drawing.rows}) > 1]
    extra = [name for name in differing if name not in (drawing.x, drawing.series)]
    shown = [name for name in (drawing.x, drawing.series) if name]
    labels = [_label(drawing, row, shown) for row in drawing.rows]
    while len(set(labels)) < len(labels) and extra:
        shown.append(extra.pop(0))
        labels = [_label(drawing, row, shown) for row in drawing.rows]
    if len(set(labels)) < len(labels):
        labels = [f"{number}. {label}" for number, label in enumerate(labels, start=1)]
    return labels


def _label(drawing: Drawing, row: dict[str, Any], columns: Sequence[str]) -> str:
    parts = []
    for name in columns:
        value = row[name]
        parts.append(f"{'' if value else 'not '}{drawing.text_of(name)}" if isinstance(value, bool) else cell(value))
    return " · ".join(parts)


def heat_spec(drawing: Drawing) -> Spec:
    """A grid of x against series, colored by y; a missing value leaves its cell empty."""
    values = [row for row in _values(drawing, None) if row["y"] is not None]
    xs = sorted({row["x"] for row in values}, key=lambda x: (str(type(x)), x))
    encoding = {
        "x": {
            "field": "x",
            "type": "ordinal",
            "title": drawing.text_of(drawing.x),
            "sort": xs,
            "axis": {"labelAngle": 0},
        },
        "y": {
            "field": "series",
            "type": "ordinal",
            "title": None,
            "sort": list(dict.fromkeys(row["series"] for row in values)),
        },
        "color": {**_quantity(drawing), "scale": {"scheme": "blues"}},
        **_LINKED,
    }
    return {**_top(drawing.title, values), "height": {"step": 24}, "mark": {"type": "rect"}, "encoding": encoding}


def range_spec(values: list[Spec], title: str, y_title: str) -> Spec:
    """Upright bars from `low` to `high` by day `x`, one color per `series`, with `tip` as tooltip."""
    encoding = {
        "x": _DAY_AXIS,
        "y": {"field": "low", "type": "quantitative", "title": y_title, "scale": {"zero": False}},
        "y2": {"field": "high"},
        "color": {"field": "series", "type": "nominal", "legend": _LEGEND},
        "tooltip": {"field": "tip"},
    }
    known = [row for row in values if row["low"] is not None]
    return {
        **_top(title, known),
        "height": 240,
        "mark": {"type": "bar", "width": 5, "opacity": 0.65},
        "encoding": encoding,
    }


def two_panel_spec(values: list[Spec], title: str, above: str, below: str) -> Spec:
    """Bars of `above` over a line of `below`, on one axis of days `x`; missing values are gaps."""
    top = _top(title, values)
    panels = [_day_panel("above", above, {"type": "bar", "width": 5}), _day_panel("below", below, _DAY_LINE)]
    return {**{name: top[name] for name in ("$schema", "description", "data")}, "vconcat": panels, **_SHARED_X}


def with_panel(spec: Spec, values: list[Spec], title: str) -> Spec:
    """A chart over days with a line of `y` by day `x` below it, on one axis of days; missing values are gaps."""
    top = {name: spec[name] for name in ("$schema", "description")}
    above = {name: value for name, value in spec.items() if name not in (*top, "autosize")}
    below = {**_day_panel("y", title, {**_DAY_LINE, "point": True}), "data": {"values": values}}
    return {**top, "vconcat": [above, below], **_SHARED_X}


def _day_panel(column: str, title: str, mark: Spec) -> Spec:
    y = {"field": column, "type": "quantitative", "title": title, "scale": {"zero": mark["type"] == "bar"}}
    encoding = {"x": {**_DAY_AXIS, "title": None}, "y": y, "tooltip": {"field": "tip"}}
    return {"width": "container", "height": 120, "mark": mark, "encoding": encoding}


def _top(title: str, values: list[Spec]) -> Spec:
    return {
        "$schema": _SCHEMA,
        "description": title,
        "autosize": _AUTOSIZE,
        "width": "container",
        "data": {"values": values},
    }


def _color(drawing: Drawing) -> Spec:
    if drawing.series is None:
        return {}
    names = list(dict.fromkeys(cell(row[drawing.series]) for row in drawing.rows))
    return {"color": {"field": "series", "type": "nominal", "sort": names, "legend": _LEGEND}}


def _quantity(drawing: Drawing) -> Spec:
    shown: Spec = {"field": "y", "type": "quantitative", "title": drawing.text_of(drawing.y)}
    return {**shown, "axis": {"format": ".0%"}} if is_share(drawing.y) else shown


def _values(drawing: Drawing, low_high: tuple[str, str] | None) -> list[Spec]:
    values = []
    for row in drawing.rows:
        value: Spec = {"x": _coordinate(row[drawing.x]), "y": _number(row[drawing.y])}
        value["series"] = cell(row[drawing.series]) if drawing.series else drawing.y
        if low_high:
            value["low"], value["high"] = _number(row[low_high[0]]), _number(row[low_high[1]])
        value["partial"] = drawing.partial(row)
        value["tip"] = _tip(drawing, row, value["partial"])
        # An address that leads nowhere would still be drawn as a link.
        if href := drawing.link_of(row):
            value["href"] = href
        values.append(value)
    return values


def _mark_ends(values: list[Spec]) -> None:
    """Number the stretches that lead to a period which is not whole, and back from it: they are drawn dashed."""
    stretch = 0
    for at, row in enumerate(values):
        row["end"] = None
        before = values[at - 1] if at else row
        if before["series"] == row["series"] and before is not row and (before["partial"] or row["partial"]):
            if before["end"] is None:
                stretch += 1
            before["end"] = row["end"] = stretch
        elif row["partial"]:
            stretch += 1
            row["end"] = stretch


def _tip(drawing: Drawing, row: dict[str, Any], is_partial: bool) -> str:
    named = f"{cell(row[drawing.series])}, " if drawing.series else ""
    low_high = interval_columns(list(row), drawing.y)
    interval = ""
    if low_high and row[low_high[0]] is not None:
        low, high = (value_text(row[name], name) for name in low_high)
        interval = f" ({low} to {high})"
    part = ", period not whole" if is_partial else ""
    return f"{named}{cell(row[drawing.x])}: {value_text(row[drawing.y], drawing.y)} {_unit(drawing)}{interval}{part}"


def _unit(drawing: Drawing) -> str:
    return "" if is_share(drawing.y) else drawing.text_of(drawing.y)


def _coordinate(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return plain(value)
    return cell(value)


def _number(value: object) -> float | None:
    number = float(str(value)) if value is not None else None
    return None if number is None or number != number or abs(number) == float("inf") else number
