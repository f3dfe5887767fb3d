"""Decides which banners a station shows in a given hour, and how it prints them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flows.model import Banner
from flows.simulator.fixtures import Station
from flows.simulator.rng import uniform
from flows.simulator.weather import Climate

_LABELS = {
    "breaking": "BREAKING NEWS", "severe": "SEVERE WX", "closings": "CLOSINGS", "streaming": "STREAMING NOW",
}  # fmt: skip
_LINKS = {"breaking": "Full Story", "severe": "View Alerts", "closings": "View Closings", "streaming": "Watch Now"}
BREAKING_HOURS = 4


def severe(seed: int, station: Station, climate: Climate, hour: datetime) -> Banner | None:
    """The banner of the weather products in force in that local hour, joined by ` - `."""
    day, products = hour.date(), []
    storm = climate.storm_on(day)
    if storm:
        products.append(storm.product)
    elif climate.is_snowy(day) and hour.hour >= 3:
        products.append("Winter Weather Advisory")
    if climate.is_cold(day) and hour.hour < 12:
        products.append("Wind Chill Advisory")
    if climate.is_stormy(day) and 14 <= hour.hour < 22:
        products.append("Severe Thunderstorm Watch")
        if uniform(seed, station.call_sign, "flood", day) < 0.3:
            products.append("Flash Flood Watch")
    return Banner("severe", " - ".join(products)) if products else None


def breaking(headline: str, since: datetime, hour: datetime) -> Banner | None:
    """The banner of the day's breaking story: for four hours from the hour after its posting (`since`, local)."""
    first = since.replace(minute=0, second=0) + timedelta(hours=1)
    return Banner("breaking", headline) if first <= hour < first + timedelta(hours=BREAKING_HOURS) else None


def streaming(seed: int, station: Station, hour: datetime) -> Banner | None:
    """The banner of the noon show's live stream, on some days."""
    live = hour.hour == 12 and uniform(seed, station.call_sign, "stream", hour.date()) < 0.1
    return Banner("streaming", _LABELS["streaming"]) if live else None


def has_breaking(seed: int, station: Station, day: date) -> bool:
    """Whether that local day has breaking news."""
    return uniform(seed, station.call_sign, "breaking", day) < 0.25


def printed(banner: Banner, day: date) -> tuple[str, str]:
    """A banner's text and its link text. The punctuation after a breaking label varies by day, as on real sites."""
    label, link = _LABELS[banner.kind], _LINKS[banner.kind]
    if banner.text == label:
        return f"{label}:", link
    colon = (": ", " : ", " ")[day.toordinal() % 3] if banner.kind == "breaking" else ": "
    return f"{label}{colon}{banner.text}", link
