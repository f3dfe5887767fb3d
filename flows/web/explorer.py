"""Holds what all pages of the explorer share: data folder, settings, clock, and queries with a time limit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from flows.data_layout import Layout
from flows.errors import NewsvaneError
from flows.model import Page
from flows.settings import ROOT, Settings
from flows.trends.catalog import Trend
from flows.trends.coverage import Coverage, cover
from flows.trends.run import Table, run
from flows.warehouse.statement_query import run_query, time_limit
from flows.web.analyst import AnalystProcess

SQL: Final = ROOT / "sql" / "web"
Row = dict[str, Any]
ReadCapture = Callable[[Path, int], Page | None]


@dataclass(frozen=True)
class Explorer:
    """The explorer of one data folder. `read_capture` returns the page of an archive file at an offset: None where no
    captured page is shown. `hosts` are the host names, besides those of loopback, that a request may name."""

    layout: Layout
    settings: Settings
    read_capture: ReadCapture = lambda path, offset: None
    hosts: frozenset[str] = frozenset()
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    analyst: AnalystProcess = field(default_factory=AnalystProcess)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that times are shown in."""
        return ZoneInfo(self.settings.server.zone)

    def rows(self, name: str, /, **values: object) -> list[Row]:
        """The rows of the statement sql/web/<name>.sql as dicts."""
        with time_limit(self.settings.query.seconds):
            found = run_query(self.layout, SQL / f"{name}.sql", values)
        return [dict(zip(found.columns, row, strict=True)) for row in found.rows]

    @staticmethod
    def statement(name: str) -> str:
        """The text of sql/web/<name>.sql."""
        return (SQL / f"{name}.sql").read_text("utf-8")

    def trend(self, name: str, params: Mapping[str, str | None] | None = None) -> Table:
        """The result of a trend; raises ConfigError for an unknown trend or an invalid parameter."""
        with time_limit(self.settings.query.seconds):
            return run(self.layout, name, params)

    def coverage(self, trend: Trend, values: Mapping[str, object]) -> Coverage | None:
        """The days that a trend covers with these values, None for a trend without a range."""
        with time_limit(self.settings.query.seconds):
            return cover(self.layout, trend, values)

    def last_day(self) -> date | None:
        """The last observed local day, else the last day posted; None in an empty warehouse."""
        day = self.rows("last_day")[0]["last_date"]
        return day if isinstance(day, date) else None

    def snapshot(self) -> Row | None:
        """Number and time (UTC) of the published snapshot; None while there is none."""
        if not self.layout.published.exists():
            return None
        try:
            found = self.rows("snapshot")
        except NewsvaneError:  # of an earlier version, or unreadable: the page itself says so
            return None
        return found[0] if found else None

    def today(self) -> date:
        """The calendar day now, in the explorer's time zone."""
        return self.now().astimezone(self.zone).date()
