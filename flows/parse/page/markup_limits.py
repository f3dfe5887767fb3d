"""Limits markup that takes quadratic time to parse: deep nesting, too many tags, too many attributes."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from flows.counts import count_text
from flows.parse.page.vocabulary import words

MAX_DEPTH = 800
MAX_TAGS = 30_000
MAX_ATTRIBUTES = 250
# With fewer tags even the worst nesting parses in about 100 ms.
_FEW_TAGS = 5000
# A tag with more attributes than allowed is at least this long.
_LONG_TAG = 2048
_TAG = re.compile(rb"</?[a-zA-Z][a-zA-Z0-9]*")
_WHOLE_TAG = re.compile(rb"<[a-zA-Z][a-zA-Z0-9:-]*+[\s/](?:[^>\"']++|\"[^\"]*\"|'[^']*')*+>")
_TAG_HEAD = re.compile(rb"<[a-zA-Z][a-zA-Z0-9:-]*+[\s/]")
_ATTRIBUTE = re.compile(rb"[\s/]++[^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"']*+))?")
_RAW_TEXT = (b"<script", b"<style", b"<textarea", b"<title")
# Elements that the parser closes by itself, or that never hold others: they add no depth.
_SHALLOW = frozenset(
    word.encode()
    for word in words(
        "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead tbody "
        "tfoot html head body path rect circle line use stop polygon script style title noscript"
    )
)


def limit_markup(data: bytes) -> tuple[bytes, list[str]]:
    """The data without the tags beyond the limits, and notes on what was dropped. Ordinary pages are returned
    unchanged at the cost of one count."""
    notes: list[str] = []
    tags = data.count(b"<")
    if tags > MAX_TAGS:
        data = data[: _place_of(data, MAX_TAGS)]
        notes.append(f"length: only the first {MAX_TAGS} tags were read")
    data, shortened = _with_fewer_attributes(data)
    if shortened:
        notes.append(f"attributes: {count_text(shortened, 'tag')} of more than {MAX_ATTRIBUTES} attributes dropped")
    if tags >= _FEW_TAGS and _is_deep(data):
        data, dropped = _without_deep_tags(data)
        notes.append(f"nesting: {count_text(dropped, 'tag')} too deeply nested dropped")
    return data, notes


def _place_of(data: bytes, count: int) -> int:
    """Where tag number `count` starts."""
    at = -1
    for _ in range(count):
        at = data.find(b"<", at + 1)
    return at


def _with_fewer_attributes(data: bytes) -> tuple[bytes, int]:
    """The data without tags of more than MAX_ATTRIBUTES attributes, and how many were dropped."""
    dropped = at = 0
    while at < len(data):
        following = data.find(b"<", at)
        if at <= following < at + _LONG_TAG:
            at += _LONG_TAG
            continue
        start = data.rfind(b"<", 0, at)
        end = _end_of_crowded(data, start, at) if start >= 0 else 0
        if end:
            data = data[:start] + data[end:]
            dropped += 1
            at = max(0, start - _LONG_TAG)
        elif following < 0:
            break
        else:
            at = following
    return data, dropped


def _end_of_crowded(data: bytes, start: int, beyond: int) -> int:
    """Where the tag that opens at `start` ends, if it extends past `beyond` and has too many attributes; else 0."""
    if not _TAG_HEAD.match(data, start) or data[start : start + 9].lower().startswith(_RAW_TEXT):
        return 0
    tag = _WHOLE_TAG.match(data, start)
    following = data.find(b"<", beyond)
    end = tag.end() if tag else following if following > 0 else len(data)
    if end <= beyond:
        return 0
    attributes = sum(1 for _ in islice(_ATTRIBUTE.finditer(data, start, end), MAX_ATTRIBUTES + 1))
    return end if attributes > MAX_ATTRIBUTES else 0


class _DepthChanges(dict[bytes, tuple[bytes, int]]):
    """Cache of the start of a tag -> its name, and its change of depth: 1, -1 or 0."""

    def __missing__(self, tag: bytes) -> tuple[bytes, int]:
        name = tag.lstrip(b"</").lower()
        self[tag] = name, 0 if name in _SHALLOW else -1 if tag.startswith(b"</") else 1
        return self[tag]


def _is_deep(data: bytes) -> bool:
    """Whether an element anywhere is nested in more than MAX_DEPTH others. An end tag closes only an open element of
    its own name, as in the parser."""
    opened: Counter[bytes] = Counter()
    depth = 0
    for name, step in map(_DepthChanges().__getitem__, _TAG.findall(data)):
        if step > 0:
            opened[name] += 1
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif step and opened[name]:
            opened[name] -= 1
            depth -= 1
    return False


def _without_deep_tags(data: bytes) -> tuple[bytes, int]:
    """The data without tags inside more than MAX_DEPTH open elements, and how many were dropped."""
    kept: list[bytes] = []
    opened: Counter[bytes] = Counter()
    depth = dropped = start = 0
    steps = _DepthChanges()
    for match in _TAG.finditer(data):
        name, step = steps[match.group()]
        if not step or (step < 0 and not opened[name]):
            continue
        opened[name] += step
        if max(depth, depth + step) > MAX_DEPTH:
            end = data.find(b">", match.end()) + 1 or len(data)
            kept.append(data[start : match.start()])
            start = max(start, end)
            dropped += 1
        depth += step
    kept.append(data[start:])
    return b"".join(kept), dropped
