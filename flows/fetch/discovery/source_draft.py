"""A first look put into words: a report for a person to read, and a source config drafted for review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flows.fetch.discovery.site_check import Offer, SourceReport


def described(report: SourceReport) -> str:
    """What the site offers and what its robots.txt says, as lines of text."""
    lines = [f"{_line(report.title or urlsplit(report.url).hostname or '')}  {report.url}", *_robots(report)]
    if report.articles_on_home:
        lines.append(f"home page   {report.articles_on_home} links that look like articles")
    for name, offers in (("feeds", report.feeds), ("sitemaps", report.sitemaps)):
        lines += [f"{name if number == 0 else '':<11} {_offer(offer)}" for number, offer in enumerate(offers)]
    lines += [f"{'sections' if not number else '':<11} {url}" for number, url in enumerate(report.sections)]
    lines += [f"problem     {_line(message)}" for message in report.messages]
    return "\n".join(lines)


def _robots(report: SourceReport) -> Iterator[str]:
    if report.robots is not None:
        verb = "allows" if report.allowed else "refuses"
        yield f"robots.txt  {verb} the home page ({_line(report.robots)})"
    if report.crawl_delay_s:
        yield f"            asks for {report.crawl_delay_s:g} s between requests"


def _offer(offer: Offer) -> str:
    if offer.problem:
        return f"{offer.url}  {_line(offer.problem)}"
    counted = f"{offer.children} sitemaps" if offer.children else f"{offer.articles} articles"
    return f"{offer.url}  {counted}"


def draft(report: SourceReport) -> str:
    """The report as a source config (TOML text) to be read, completed and enabled by a person: it ships disabled."""
    usable = [offer.url for offer in report.feeds if not offer.problem]
    maps = [offer.url for offer in report.sitemaps if not offer.problem]
    reason = "drafted: read the site's terms, set kind, zone and place, then enable"
    if not report.allowed:
        reason = f"robots.txt refuses us: {report.robots}"
    lines = [
        f"# robots.txt decides on the home page by: {_line(report.robots or 'it was not read')}",
        'kind = "site" # station, newspaper or site',
        f"title = {_toml(report.title or urlsplit(report.url).hostname or report.url)}",
        f"home = {_toml(report.url)}",
        'zone = "UTC" # the site\'s own zone, such as America/Chicago',
        f"feeds = {_toml(usable)}",
        f"sitemaps = {_toml(maps)}",
        f"sections = {_toml(report.sections[:6])}",
        "enabled = false",
        f"disabled_reason = {_toml(reason)}",
        'terms = "not read yet"',
    ]
    if report.crawl_delay_s:
        lines.append(f"delay_s = {report.crawl_delay_s:g}")
    if report.allow_addresses:
        lines.append(f"allow_addresses = {_toml(list(report.allow_addresses))}")
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str]) -> str:
    """A TOML basic string or array: JSON's escapes are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")


def _line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)
