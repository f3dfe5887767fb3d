"""Turns a site check into text: a report to read, and a source config to review."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flows.fetch.discovery.site_check import ChannelReport, SourceReport


def describe(report: SourceReport) -> str:
    """What the site provides and what its robots.txt says, as lines of text."""
    lines = [f"{_line(report.title or urlsplit(report.url).hostname or '')}  {report.url}", *_robots(report)]
    if report.articles_on_home:
        lines.append(f"home page   {report.articles_on_home} links that look like articles")
    for name, channels in (("feeds", report.feeds), ("sitemaps", report.sitemaps)):
        lines += [f"{name if number == 0 else '':<11} {_channel(channel)}" for number, channel in enumerate(channels)]
    lines += [f"{'sections' if not number else '':<11} {url}" for number, url in enumerate(report.sections)]
    lines += [f"problem     {_line(message)}" for message in report.messages]
    return "\n".join(lines)


def _robots(report: SourceReport) -> Iterator[str]:
    if report.robots is not None:
        verb = "allows" if report.allowed else "refuses"
        yield f"robots.txt  {verb} the home page ({_line(report.robots)})"
    if report.crawl_delay_s:
        yield f"            Crawl-delay: {report.crawl_delay_s:g} s between requests"


def _channel(channel: ChannelReport) -> str:
    if channel.problem:
        return f"{channel.url}  {_line(channel.problem)}"
    count = f"{channel.children} sitemaps" if channel.children else f"{channel.articles} articles"
    return f"{channel.url}  {count}"


def draft_config(report: SourceReport) -> str:
    """The report as a source config (TOML text): disabled until a person has reviewed, completed and enabled it."""
    feeds = [feed.url for feed in report.feeds if not feed.problem]
    sitemaps = [sitemap.url for sitemap in report.sitemaps if not sitemap.problem]
    reason = "drafted: read the site's terms, set kind, zone and place, then enable"
    if not report.allowed:
        reason = f"robots.txt refuses us: {report.robots}"
    lines = [
        f"# robots.txt rule for the home page: {_line(report.robots or 'robots.txt was not read')}",
        'kind = "site" # station, newspaper or site',
        f"title = {_toml(report.title or urlsplit(report.url).hostname or report.url)}",
        f"home = {_toml(report.url)}",
        'zone = "UTC" # the time zone of the site, such as America/Chicago',
        f"feeds = {_toml(feeds)}",
        f"sitemaps = {_toml(sitemaps)}",
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
    """A TOML basic string or array: TOML has the escapes of JSON, and DEL must be escaped too."""
    return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f")


def _line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)
