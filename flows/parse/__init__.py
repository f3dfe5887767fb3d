"""Pages to records: bytes, URL and capture time in; articles, weather, banners, closings, NWS and history out. Pure."""

from __future__ import annotations

from flows.parse.context import Context, load_context
from flows.parse.nws.answers import parse_nws
from flows.parse.reader import parse
from flows.parse.station.closings import parse_closings
from flows.parse.weather_history.history import parse_history

__all__ = ["Context", "load_context", "parse", "parse_closings", "parse_history", "parse_nws"]
