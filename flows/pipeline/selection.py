"""Chooses which captures of an archive file are loaded: by host, by language, by day of capture."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from flows.errors import ConfigError
from flows.hosts import ascii_host
from flows.model import UNDATED, Exchange

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Selection:
    """The captures to load: of `hosts` (and hosts below them), in `languages` (two-letter codes), captured from `since`
    to `until` (days of UTC, both included). Empty or None: all."""

    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    @classmethod
    def of(
        cls,
        hosts: Iterable[str] = (),
        languages: Iterable[str] = (),
        since: date | None = None,
        until: date | None = None,
    ) -> Self:
        """The selection that a user gave; raises ConfigError for what is no host, language or range of days."""
        if since and until and since > until:
            raise ConfigError(f"--since {since}: is after --until {until}")
        codes = sorted({code.lower() for code in languages})
        if odd := [code for code in codes if not _LANGUAGE.fullmatch(code)]:
            raise ConfigError(f"--language {odd[0]}: give a two-letter code, such as en")
        return cls(tuple(sorted({_bare_host(host) for host in hosts})), tuple(codes), since, until)

    @classmethod
    def parse(cls, key: str | None) -> Self:
        """The selection with that key."""
        pairs = parse_qsl(key or "")
        days = {name: date.fromisoformat(value) for name, value in pairs if name in ("since", "until")}
        hosts = tuple(value for name, value in pairs if name == "host")
        languages = tuple(value for name, value in pairs if name == "language")
        return cls(hosts, languages, days.get("since"), days.get("until"))

    @property
    def key(self) -> str | None:
        """The selection as text, the same for equal ones; None for everything."""
        pairs = [("host", host) for host in self.hosts] + [("language", code) for code in self.languages]
        pairs += [(name, str(day)) for name, day in (("since", self.since), ("until", self.until)) if day]
        return urlencode(pairs) or None

    def takes(self, exchange: Exchange) -> bool:
        """Whether an exchange is of the hosts and days; a capture without a date is of no day."""
        return self._takes_host(exchange.url) and self._takes_time(exchange.requested_at)

    def takes_language(self, lang: str | None) -> bool:
        """Whether a page in this language (as `en` or `en-us`) is chosen; one that shows no language is."""
        return not self.languages or not lang or re.split("[-_]", lang.lower())[0] in self.languages

    def _takes_host(self, url: str) -> bool:
        if not self.hosts:
            return True
        host = (urlsplit(url).hostname or "").lower()
        return any(host == wanted or host.endswith(f".{wanted}") for wanted in self.hosts)

    def _takes_time(self, at: datetime) -> bool:
        if self.since is None and self.until is None:
            return True
        if at == UNDATED:
            return False
        return (self.since or date.min) <= at.astimezone(UTC).date() <= (self.until or date.max)


ALL: Final = Selection()


def _bare_host(text: str) -> str:
    host = urlsplit(text).hostname if "://" in text else text.strip().rstrip("/")
    found = ascii_host((host or "").lower())
    if not found:
        raise ConfigError(f"--host {text}: is no host name, such as news.example.org")
    return found.removeprefix("www.")
