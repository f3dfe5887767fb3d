"""Searches headlines, summaries and stored bodies of the published snapshot by their words, and marks these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.settings import ROOT
from flows.topic_config import normalize_label
from flows.warehouse.statement_query import run_query

Parts = tuple[tuple[bool, str], ...]

_ARTICLES: Final = ROOT / "sql" / "search" / "articles.sql"
_KNOWN: Final = ROOT / "sql" / "topics" / "names_known.sql"
_PART: Final = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_SUMMARY, _BODY, _END = 512, 1024, 1 << 14  # first positions of the fields, see sql/schema/24_word_search.sql
_BEFORE, _EXCERPT = 8, 40  # words of an excerpt: before the first mark, and in all
_MOST_PARTS: Final = 20


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for: `phrases` that an article must all have, and `without` that it must not have. Each is one word
    or several that follow each other; `flood*` is every word that starts so. `since` and `until` are local days of
    posting, first and last included; `topic` is a label; `newest` puts the last posted first; without `in_bodies` only
    headlines and summaries are searched."""

    phrases: tuple[str, ...]
    without: tuple[str, ...] = ()
    source: str | None = None
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    origin: str | None = None
    newest: bool = False
    in_bodies: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found: its columns of sql/search/articles.sql, and its headline and an excerpt as parts of text, each
    with whether it was looked for."""

    row: Mapping[str, Any] = field(repr=False)
    title: Parts
    excerpt: Parts


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one page, best first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def parse_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The phrases to find and those to leave out, of a query such as `flood* "city council" -snow`; raises ConfigError
    for a query without a word to find, or with more than 20 parts."""
    parts = [(minus, quoted or word) for minus, quoted, word in _PART.findall(text)]
    phrases = tuple(dict.fromkeys(part for minus, part in parts if not minus and _has_word(part)))
    without = tuple(dict.fromkeys(part for minus, part in parts if minus and _has_word(part)))
    if not phrases:
        raise ConfigError('nothing to search for: give words, "a phrase", or flood* for every word that starts so')
    if len(parts) > _MOST_PARTS:
        raise ConfigError(f"{len(parts)} words and phrases: a search takes at most {_MOST_PARTS}")
    return phrases, without


def search(layout: Layout, query: Query, most: int, skip: int = 0) -> Found:
    """The articles that match, best first, at most `most` after the first `skip`. Raises ConfigError for a source that
    is not in the warehouse, and what `run_query` raises."""
    known = run_query(layout, _KNOWN, {"topic": None, "source": query.source}).rows
    if known != ((True,),):
        raise ConfigError(f"source '{query.source}' is not in the warehouse; `newsvane sources` lists them")
    values = {
        "phrases": list(query.phrases),
        "without": list(query.without),
        "source": query.source,
        "since": query.since,
        "until": query.until,
        "topic": normalize_label(query.topic) if query.topic else None,
        "origin": query.origin,
        "newest": query.newest,
        "in_bodies": query.in_bodies,
        "most": most,
        "skip": skip,
    }
    result = run_query(layout, _ARTICLES, values)
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    return Found(tuple(map(_hit, rows)), int(str(rows[0]["total"])) if rows else 0)


def plain_text(parts: Parts) -> str:
    """The text of the parts, without marks."""
    return "".join(text for _, text in parts)


def _has_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _hit(row: Mapping[str, Any]) -> Hit:
    at = {mark["position"] + step for mark in row["marks"] for step in range(mark["words"])}
    title = _parts(row["title"] or "", row["title_words"], _within(at, 0, _SUMMARY))
    in_summary, in_body = _within(at, _SUMMARY, _BODY), _within(at, _BODY, _END)
    if in_summary or not in_body:
        return Hit(row, title, _excerpt(row["summary"] or "", row["summary_words"], in_summary))
    return Hit(row, title, _excerpt(row["body"] or "", row["body_words"], in_body))


def _within(positions: Iterable[int], start: int, end: int) -> set[int]:
    """The numbers, from 0, of the words of one field that are marked."""
    return {position - start - 1 for position in positions if start < position < end}


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where each of the words, in order, stands in the text."""
    spans, end = [], 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans


def _parts(text: str, words: Sequence[str], marked: set[int]) -> Parts:
    """The text cut where marks begin and end; marked words that follow each other are one part."""
    spans, parts, end = _spans(text, words), list[tuple[bool, str]](), 0
    for number in sorted(marked):
        if number >= len(spans):
            break
        start, stop = spans[number]
        if number - 1 in marked and parts:
            parts[-1] = (True, parts[-1][1] + text[end:stop])
        else:
            parts += [(False, text[end:start]), (True, text[start:stop])]
        end = stop
    return tuple(part for part in [*parts, (False, text[end:])] if part[1])


def _excerpt(text: str, words: Sequence[str], marked: set[int]) -> Parts:
    """Some forty words around the first mark, with `…` where text is left out."""
    spans = _spans(text, words)
    first = max(0, min(marked, default=0) - _BEFORE)
    last = min(first + _EXCERPT, len(spans))
    start = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(spans) else len(text)
    shown = _parts(text[start:end], words[first:last], {number - first for number in marked if first <= number < last})
    head: Parts = ((False, "… "),) if first else ()
    tail: Parts = ((False, " …"),) if last < len(spans) else ()
    return (*head, *shown, *tail)
