"""Reads config/weather.toml strictly: the services that weather history is asked from, and their addresses."""

from __future__ import annotations

from pathlib import Path
from string import Formatter
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from flows.config_files import Strict, read_toml
from flows.settings import config_dir, shared_file
from flows.sources import Source

_Names = dict[str, tuple[str, ...]]


def _checked(address: str, known: tuple[str, ...]) -> str:
    """Raises ValueError for an address that names something else than what is filled in."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(address) if name is not None}
    except ValueError as error:
        raise ValueError(f"'{address}': {error}; write braces that are not a name twice") from error
    if unknown := sorted(names.difference(known)):
        raise ValueError(f"'{address}': {{{unknown[0]}}} is not filled in; known: {', '.join(known) or 'none'}")
    return address


class Service(Strict):
    """One service: its name, its home page (whose robots.txt and host count), and the wait between requests; of its
    addresses, what is filled in."""

    filled_in: ClassVar[_Names] = {}

    title: str = Field(description="name for people")
    home: str = Field(description="URL of the home page; its host and robots.txt count")
    delay_s: float = Field(default=5, ge=0, description="seconds between two requests")
    allow_addresses: tuple[str, ...] = Field(default=(), description="private networks it may be in")

    @field_validator("reports", "stations", "alerts", "days", "storms", "forecasts", check_fields=False)
    @classmethod
    def _address(cls, address: str, info: ValidationInfo) -> str:
        return _checked(address, cls.filled_in.get(info.field_name or "", ()))

    def source(self, name: str) -> Source:
        """The service as a source of the fetcher, with an archive folder and a fetch state of its own."""
        return Source(
            name=f"weather-{name}", kind="site", title=self.title, home=self.home, zone="UTC", delay_s=self.delay_s,
            allow_addresses=self.allow_addresses, enabled=False, disabled_reason="asked by `newsvane weather` only",
        )  # fmt: skip


class Mesonet(Service):
    """The Iowa Environmental Mesonet: METAR reports, stations by state, alerts by zone."""

    filled_in: ClassVar[_Names] = {
        "reports": ("station", "since", "before"), "stations": ("state",), "alerts": ("zone", "since", "before")
    }  # fmt: skip

    reports: str = Field(description="address of the reports of `{station}` from `{since}` to `{before}`")
    stations: str = Field(description="address of the stations of `{state}`")
    alerts: str = Field(description="address of the alerts of `{zone}` from `{since}` to `{before}`")


class Ncei(Service):
    """NOAA NCEI: GHCN-Daily by station, its list of stations, the folder of the Storm Events database."""

    filled_in: ClassVar[_Names] = {"days": ("station",)}

    stations: str = Field(description="address of the list of stations")
    days: str = Field(description="address of the days of `{station}`")
    storms: str = Field(description="address of the folder of the Storm Events database")


class OpenMeteo(Service):
    """Open-Meteo: what earlier model runs had forecast."""

    filled_in: ClassVar[_Names] = {"forecasts": ("lat", "lon", "zone", "since", "until")}

    forecasts: str = Field(
        description="address of the forecasts for `{lat}`, `{lon}` and `{zone}` from `{since}` to `{until}`"
    )


class WeatherServices(Strict):
    """The whole of config/weather.toml."""

    mesonet: Mesonet
    ncei: Ncei
    open_meteo: OpenMeteo


def load_weather_services(folder: Path | None = None) -> WeatherServices:
    """Read weather.toml, the shipped one if the folder has none. Raises ConfigError with file, key and reason."""
    return read_toml(shared_file(folder or config_dir(), "weather.toml"), WeatherServices)
