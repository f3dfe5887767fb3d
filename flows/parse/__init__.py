"""Pages to records: bytes, URL and capture time in; article, weather, banner, closings and NWS facts out. Pure."""

from __future__ import annotations

from flows.parse.context import Context, load_context
from flows.parse.nws.answers import parse_nws
from flows.parse.reader import parse
from flows.parse.station.closings import parse_closings

__all__ = ["Context", "load_context", "parse", "parse_closings", "parse_nws"]
