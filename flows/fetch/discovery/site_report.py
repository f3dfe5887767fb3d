"""Turns a site check into lines of text to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flows.counts import count_text
from flows.fetch.discovery.site_check import ChannelReport, SourceReport


def describe(report: SourceReport) -> str:
    """What the site provides and what its robots.txt says, as lines of text."""
    lines = [f"{_line(report.title or urlsplit(report.url).hostname or '')}  {report.url}", *_robots(report)]
    if report.articles_on_home:
        lines.append(f"home page   {count_text(report.articles_on_home, 'link')} to what looks like an article")
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
    count = count_text(channel.children, "sitemap") if channel.children else count_text(channel.articles, "article")
    return f"{channel.url}  {count}"


def _line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]", " ", text)
