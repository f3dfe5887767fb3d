"""Archives of an invented town's news, over three months, with tags that two towns share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from tests.fetch.archive.builders import http, record, warc

_TAGS = ("Council", "Weather", "Schools", "Roads", "Harvest Fair")
_WORDS = (
    "board", "clerk", "river", "bridge", "budget", "vote", "school", "bus", "harvest", "market", "storm", "library",
    "road", "mill", "council", "farmer", "choir", "team", "asked", "found", "opened", "closed", "moved", "counted",
    "praised", "built", "repaired", "delayed", "the", "a", "of", "for", "near", "after", "before", "with",
)  # fmt: skip
_FIRST = datetime(2026, 1, 5, 15, tzinfo=UTC)


def archive(host: str, first: int, count: int) -> bytes:
    """A WARC file with pages of a host, numbered from `first` on: one every six hours, captured an hour later."""
    return warc(*(_page(host, number) for number in range(first, first + count)))


def _page(host: str, number: int) -> bytes:
    posted = _FIRST + timedelta(hours=6 * number)
    tags = [_TAGS[number % len(_TAGS)], _TAGS[number // 2 % len(_TAGS)], host.partition(".")[0].title()]
    words = Random(f"{host} {number}").choices(_WORDS, k=90)  # no two stories alike
    paragraphs = "".join(f"<p>The {' '.join(words[start : start + 15])}.</p>" for start in range(0, 90, 15))
    html = (
        f'<html lang="en"><head><title>{tags[0]}: item {number}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{posted.isoformat()}">'
        f'<meta name="keywords" content="{", ".join(tags)}"></head>'
        f"<body><article><h1>{tags[0]}: item {number}</h1>{paragraphs}</article></body></html>"
    )
    captured = (posted + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    url = f"https://{host}/news/{number}"
    return record("response", http(html.encode()), **{"WARC-Target-URI": url, "WARC-Date": captured})
