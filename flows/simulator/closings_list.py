"""Generates the station's closings list: filled around snowy and very cold days, empty otherwise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import escape

from flows.model import Closing
from flows.simulator import words
from flows.simulator.fixtures import Station
from flows.simulator.rng import make_rng
from flows.simulator.weather import Climate

EMPTY = "No currently active closings or delays to report."
_OPENS, _CLEARS = 17, 15  # local hours: opened the evening before, cleared the afternoon of the day itself

_USUAL, _IN_STORMS = (4, 10), (10, 14)  # range of the number of rows


def rows(seed: int, station: Station, climate: Climate, hour: datetime) -> tuple[Closing, ...]:
    """The closings listed in that local hour; the list grows hourly until it is cleared."""
    target = hour.date() + timedelta(days=hour.hour >= _OPENS)
    if not climate.closes_schools(target) or _CLEARS <= hour.hour < _OPENS:
        return ()
    rng = make_rng(seed, station.call_sign, "closings", target)
    chosen = rng.sample(words.ORGANIZATIONS, rng.randint(*(_IN_STORMS if climate.storm_on(target) else _USUAL)))
    waited = hour.hour - _OPENS if hour.date() < target else hour.hour + 24 - _OPENS
    listed = chosen[: 2 + waited]
    return tuple(_row(name, rng.random(), target, hour.date()) for name in sorted(listed))


def page(found: tuple[Closing, ...], hour: datetime) -> str:
    """The closings file of a local hour as HTML."""
    stamp = updated(found, hour)
    clock = f"{stamp.hour % 12 or 12}:{stamp:%M %p}"
    stamp_text = f"UPDATED {stamp:%A}, {stamp:%b} {stamp.day} AT {clock}".upper()
    cells = "".join(
        f'<tr><td class="orgname">{escape(row.organisation)}</td><td class="status">{escape(row.status)}</td></tr>\n'
        for row in found
    )
    return (
        "<html><head><title>Closings</title></head><body><table>\n"
        f'<tr><td class="timestamp" colspan="2">{stamp_text}</td></tr>\n'
        f"{cells or f'<tr><td>{EMPTY}</td></tr>'}\n</table></body></html>\n"
    )


def updated(found: tuple[Closing, ...], hour: datetime) -> datetime:
    """The list's own local timestamp: the current hour while it is filled, else the last 04:00."""
    if found:
        return hour
    return datetime.combine(hour.date() - timedelta(days=hour.hour < 4), time(4))


def _row(name: str, draw: float, target: date, today: date) -> Closing:
    if draw < 0.35:
        return Closing(name, "Closed Tomorrow" if target > today else "Closed Today", target)
    if draw < 0.6:
        return Closing(name, f"Closed {target:%A}", target)
    if draw < 0.85:
        return Closing(name, f"Classes delayed 2 hours {target:%A}", target)
    return Closing(name, f"No evening activities {target:%A}", target)
