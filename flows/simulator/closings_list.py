"""Keeps the station's list of closed schools and offices: filled around snow and cold days, else a sentence."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import escape

from flows.model import Closing
from flows.simulator import words
from flows.simulator.fixtures import Station
from flows.simulator.rng import dice
from flows.simulator.weather import Climate

EMPTY = "No currently active closings or delays to report."
_OPENS, _CLEARS = 17, 15  # the evening before, and the afternoon of the day itself


def rows(seed: int, station: Station, climate: Climate, hour: datetime) -> tuple[Closing, ...]:
    """The list in that local hour; it grows from hour to hour until it is cleared."""
    target = hour.date() + timedelta(days=hour.hour >= _OPENS)
    if not (climate.is_snowy(target) or climate.range(target)[0] < 8) or _CLEARS <= hour.hour < _OPENS:
        return ()
    luck = dice(seed, station.call_sign, "closings", target)
    chosen = luck.sample(words.ORGANISATIONS, luck.randint(4, 10))
    waited = hour.hour - _OPENS if hour.date() < target else hour.hour + 24 - _OPENS
    listed = chosen[: 2 + waited]
    return tuple(_row(name, luck.random(), target, hour.date()) for name in sorted(listed))


def page(found: tuple[Closing, ...], hour: datetime) -> str:
    """The closings file of a local hour, in cells as the station writes it."""
    stamp = updated(found, hour)
    time_said = f"{stamp.hour % 12 or 12}:{stamp:%M %p}"
    said = f"UPDATED {stamp:%A}, {stamp:%b} {stamp.day} AT {time_said}".upper()
    cells = "".join(
        f'<tr><td class="orgname">{escape(row.organisation)}</td><td class="status">{escape(row.status)}</td></tr>\n'
        for row in found
    )
    return (
        "<html><head><title>Closings</title></head><body><table>\n"
        f'<tr><td class="timestamp" colspan="2">{said}</td></tr>\n'
        f"{cells or f'<tr><td>{EMPTY}</td></tr>'}\n</table></body></html>\n"
    )


def updated(found: tuple[Closing, ...], hour: datetime) -> datetime:
    """The list's own local timestamp: the hour it last grew, or 4 AM of an empty day."""
    if found:
        return hour
    return datetime.combine(hour.date() - timedelta(days=hour.hour < 4), time(4))


def _row(name: str, mood: float, target: date, today: date) -> Closing:
    if mood < 0.35:
        return Closing(name, "Closed Tomorrow" if target > today else "Closed Today", target)
    if mood < 0.6:
        return Closing(name, f"Closed {target:%A}", target)
    if mood < 0.85:
        return Closing(name, f"Classes delayed 2 hours {target:%A}", target)
    return Closing(name, f"No evening activities {target:%A}", target)
