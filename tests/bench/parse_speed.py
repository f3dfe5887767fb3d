"""Measures speed, slowest pages and memory of the parser: `python -m tests.bench.parse_speed ARTICLES [--pages N]`.

Prints pages per CPU second of Lexbor alone (the floor), of the generic reader and of the whole parser, each the best of
three passes over the same pages in one process; the slowest real and hostile pages; and the growth of the process while
it parses N pages (default 4 000).
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from flows.model import Page
from flows.parse import load_context, parse
from tests.bench.predict import predict
from tests.bench.train_tags import load_score

PASSES = 3
BIG = 2_000_000


def hostile_pages() -> dict[str, str]:
    """Pages made to be slow, at the limits of length and number of tags that the parser reads."""
    return {
        "nested div": "<div>" * (BIG // 5),
        "nested b, each its own": "".join(f"<b id={number}>" for number in range(100_000)),
        "nested div under the limit": "<div>" * 4_900,
        "nested b under the limit": "".join(f"<b id={number}>" for number in range(4_900)),
        "nested behind stray end tags": "<div></x>" * (BIG // 9),
        "attributes": ("<a " + " ".join(f"x{number}=1" for number in range(900)) + ">") * 300,
        "one endless tag": "<a " + "x=1 " * (BIG // 4),
        "keywords": '<meta name=keywords content="' + ",".join(f"kw {number}" for number in range(50_000)) + '">',
        "links": "<a href=/tag/x>y</a>" * (BIG // 20),
        "classes": "<div class='lead byline tags related'>x</div>" * (BIG // 45),
        "dates": "<p>12 March 2019</p>" * (BIG // 20),
        "bylines": "<span class=byline>By Ann Lee</span>" * (BIG // 37),
        "words": "a " * (BIG // 2),
        "one word": "a" * BIG,
        "entities": "&#x41;" * (BIG // 6),
        "quotes": '"' * BIG,
        "weather panel": "<div class=wxRotate><div class=city><b>X</b></div></div>" * (BIG // 56),
        "weather product": "* WHAT..." * (BIG // 9),
        "sloppy JSON-LD": '<script type="application/ld+json">[' + '{"a":"x"},' * (BIG // 10) + "]</script>",
        "deep JSON-LD": '<script type="application/ld+json">' + '{"a":' * (BIG // 5) + "</script>",
        "streamed parts": "".join(f'<template id="B:{number:x}"></template>' for number in range(8_000))
        + "".join(f'<div hidden id="S:{number:x}"><p>x</p></div>' for number in range(8_000)),
        "story in a script": '<script>x="' + "<p>x</p><b id=1>" * (BIG // 16) + '"</script>',
    }


def resident_mb() -> float:
    """Resident memory of this process in MB; its peak where the system does not give the current value."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def per_cpu_second(call: Callable[[str, str], object], pages: list[tuple[str, str]]) -> float:
    """Pages per CPU second, the best of the passes."""
    return len(pages) / min(_cpu_s(call, pages) for _ in range(PASSES))


def _cpu_s(call: Callable[[str, str], object], pages: list[tuple[str, str]]) -> float:
    start = time.process_time()
    for html, url in pages:
        call(html, url)
    return time.process_time() - start


def slowest(call: Callable[[str, str], object], named: list[tuple[str, str, str]]) -> list[tuple[float, str]]:
    """(CPU ms, name) of the three slowest of (name, html, url), each the better of two runs."""
    times = [(1e3 * min(_cpu_s(call, [(html, url)]) for _ in range(2)), name) for name, html, url in named]
    return sorted(times, reverse=True)[:3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="the folder that holds cases.jsonl and score.py")
    parser.add_argument("--pages", type=int, default=4_000, help="pages parsed while memory is watched")
    options = parser.parse_args()
    cases = load_score(options.articles).load_cases()
    pages = [(case["page"], case["url"]) for case in cases]
    context = load_context()

    def whole(html: str, url: str) -> object:
        return parse(Page(url, html), context)

    bare = [(case["page"].encode(), "") for case in cases]
    floor = len(bare) / min(_cpu_s(lambda html, _: LexborHTMLParser(html), bare) for _ in range(PASSES))
    print(f"Lexbor parse alone: {floor:.0f} pages per CPU second, the floor")
    for name, call in (("generic reader, all fields", predict), ("whole parser", whole)):
        speed = per_cpu_second(call, pages)
        print(f"{name}: {speed:.0f} pages per CPU second, 1/{floor / speed:.1f} of the floor")
    real = slowest(whole, [(case["id"], *page) for case, page in zip(cases, pages, strict=True)])
    print("slowest real pages:", ", ".join(f"{ms:.0f} ms {name}" for ms, name in real))
    made = [
        (f"{name} ({system})", html, url)
        for name, html in hostile_pages().items()
        for system, url in (
            ("any", "https://x.example/a"),
            ("heartland", "https://x.example/content/news/A-123456789.html"),
        )
    ]
    print("slowest hostile pages:", ", ".join(f"{ms:.0f} ms {name}" for ms, name in slowest(whole, made)))
    _watch_memory(whole, pages, options.pages)


def _watch_memory(call: Callable[[str, str], object], pages: list[tuple[str, str]], count: int) -> None:
    """Print resident memory after a fifth and after all of the pages."""
    early = count // 5
    for number, (html, url) in enumerate(islice(cycle(pages), count), start=1):
        call(html, url)
        if number == early:
            before = resident_mb()
    grown = resident_mb() - before
    print(f"memory: {before:.0f} MB after {early} pages, {grown:+.1f} MB after {count}")


if __name__ == "__main__":
    main()
