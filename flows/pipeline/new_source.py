"""Turns the check of a site, with the guesses from its home page, into the values of a new source file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from flows.fetch.discovery.site_check import SourceReport
from flows.model import Page
from flows.pipeline.gazetteer import Town
from flows.pipeline.site_guess import Guess, SiteGuess, guess_site

_MAX_SECTIONS: Final = 6
_NO_ZONE: Final = "UTC"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to be written: the values that a person may correct, each with its evidence, and the check of the site.
    `town` is set if the place has to be added to places.toml."""

    report: SourceReport
    guess: SiteGuess

    @property
    def zone(self) -> str:
        """The IANA zone, UTC where none was found."""
        return self.guess.zone.value if self.guess.zone else _NO_ZONE

    def corrected(
        self,
        *,
        name: str | None = None,
        title: str | None = None,
        kind: str | None = None,
        zone: str | None = None,
        town: Town | None = None,
    ) -> NewSource:
        """The source with the values that a person gave; a town brings its zone, unless a zone is given too."""
        given = "as given"
        guess = self.guess
        if town:
            guess = replace(
                guess,
                town=town,
                place=Guess(town.key, given),
                zone=Guess(town.zone, f"the time zone of {town.label}"),
            )
        return replace(
            self,
            guess=replace(
                guess,
                name=Guess(name, given) if name else guess.name,
                title=Guess(title, given) if title else guess.title,
                kind=Guess(kind, given) if kind else guess.kind,
                zone=Guess(zone, given) if zone else guess.zone,
            ),
        )

    def without_town(self) -> NewSource:
        """The source of no town; its zone stays."""
        return replace(self, guess=replace(self.guess, town=None, place=None))

    def describe(self) -> list[str]:
        """The values with what they were read from, one line each; what is missing, too."""
        guess = self.guess
        found = {"name": guess.name, "title": guess.title, "kind": guess.kind, "place": guess.place, "zone": guess.zone}
        lines = [
            f"{key:<10}  {value.value}  ({value.evidence})" if value else f"{key:<10}  not found on the page"
            for key, value in found.items()
        ]
        if guess.call_sign:
            lines.append(f"call sign   {guess.call_sign.value}  ({guess.call_sign.evidence})")
        return lines

    def values(self, *, accepted_on: date | None, schedule: str | None = None) -> dict[str, object]:
        """The keys and values of the source file. `accepted_on` is the day on which a person accepted the terms and the
        values, which enables the source; None, or a robots.txt that refuses us, leaves it disabled with the reason."""
        report, guess = self.report, self.guess
        values: dict[str, object] = {
            "kind": guess.kind.value,
            "title": guess.title.value,
            "home": report.url,
            "zone": self.zone,
        }
        if guess.place:
            values["place"] = guess.place.value
        if guess.call_sign and guess.kind.value == "station":
            values["call_sign"] = guess.call_sign.value
        values["feeds"] = [feed.url for feed in report.feeds if not feed.problem]
        values["sitemaps"] = [sitemap.url for sitemap in report.sitemaps if not sitemap.problem]
        values["sections"] = report.sections[:_MAX_SECTIONS]
        if schedule:
            values["schedule"] = schedule
        if report.crawl_delay_s:
            values["delay_s"] = report.crawl_delay_s
        if report.allow_addresses:
            values["allow_addresses"] = list(report.allow_addresses)
        return values | self._state(accepted_on)

    def comments(self) -> list[str]:
        """The lines above the values: the robots.txt rule, and what was not found."""
        robots = self.report.robots or "robots.txt was not read"
        lines = [f"robots.txt rule for the home page: {robots}"]
        if self.guess.zone is None:
            lines.append("The time zone was not found: set `zone`, such as America/Chicago.")
        return lines

    def _state(self, accepted_on: date | None) -> dict[str, object]:
        if not self.report.allowed:
            return {
                "enabled": False,
                "disabled_reason": f"robots.txt refuses us: {self.report.robots}",
                "terms": "not read yet",
            }
        if accepted_on is None:
            reason = "drafted: read the site's terms, review kind, zone and place, then enable"
            return {"enabled": False, "disabled_reason": reason, "terms": "not read yet"}
        return {"enabled": True, "terms": f"read and accepted by the operator on {accepted_on:%Y-%m-%d}"}


def new_source(report: SourceReport) -> NewSource:
    """The source of a checked site; where its home page was not fetched, only the host says anything."""
    page = report.page or Page(report.url, b"")
    return NewSource(report, guess_site(replace(page, url=_home_of(report, page))))


def _home_of(report: SourceReport, page: Page) -> str:
    """The URL whose host names the site: the page's own, also after a redirect to another name of it."""
    return page.url if urlsplit(page.url).hostname else report.url
