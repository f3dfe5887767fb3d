"""Flattens markup nested so deeply that parsing it would take quadratic time."""

from __future__ import annotations

import re

from flows.parse.vocabulary import words

MAX_DEPTH = 800
# Below this many tags even the worst nesting parses within a few milliseconds.
_FEW_TAGS = 4000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that the parser closes by itself, or that never hold others: they don't make depth.
_SHALLOW = words(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th thead tbody "
    "tfoot html head body path rect circle line use stop polygon script style title noscript"
)


def flatten(text: str) -> tuple[str, int]:
    """The text without the tags that stand deeper than MAX_DEPTH open elements, and how many were dropped."""
    if text.count("<") < _FEW_TAGS:
        return text, 0
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() not in _SHALLOW:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return _without_deep_tags(text) if deepest > MAX_DEPTH else (text, 0)


def _without_deep_tags(text: str) -> tuple[str, int]:
    kept: list[str] = []
    depth = dropped = start = 0
    for match in _TAG.finditer(text):
        if match.group(2).lower() in _SHALLOW:
            continue
        inside = depth > MAX_DEPTH
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if inside or depth > MAX_DEPTH:
            end = text.find(">", match.end()) + 1 or len(text)
            kept.append(text[start : match.start()])
            start = max(start, end)
            dropped += 1
    kept.append(text[start:])
    return "".join(kept), dropped
