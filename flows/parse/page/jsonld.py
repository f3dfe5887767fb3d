"""Reads JSON-LD as publishers write it: graphs, references and invalid syntax; finds the article's own node."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flows.parse.page.json_recovery import recover_values
from flows.parse.page.vocabulary import words

Node = dict[str, Any]

MAX_NODES = 400
MAX_BLOCK = 2_000_000
MAX_INVALID_BLOCK = 500_000
ARTICLE_TYPES = words(
    "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle "
    "reviewnewsarticle askpublicnewsarticle advertisercontentarticle satiricalarticle scholarlyarticle techarticle "
    "liveblogposting socialmediaposting report review criticreview recipe podcastepisode howto medicalwebpage "
    "discussionforumposting"
)
PAGE_TYPES = words("webpage itempage videoobject newsmediavideo creativework aboutpage event")
# A string (also an unterminated one), a comment's bounds, a line comment, a comma before a closing bracket.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|/\*|\*/|(?<![:\w])//[^\n]*|,\s*+(?=[}\]])', re.DOTALL)
_WRAPPER = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_decode = json.JSONDecoder(strict=False).raw_decode


def read_blocks(blocks: list[str]) -> tuple[list[Node], list[str]]:
    """All nodes of all blocks in page order, and a note for each block that could not be read whole."""
    nodes: list[Node] = []
    notes: list[str] = []
    for block in blocks:
        for value in _values(block, notes):
            nodes.extend(islice(_nodes(value), MAX_NODES))
        if len(nodes) > MAX_NODES:
            notes.append(f"jsonld: only the first {MAX_NODES} nodes were read")
            break
    return nodes[:MAX_NODES], notes


def _values(block: str, notes: list[str]) -> list[Any]:
    """The values of one block; what is not JSON is repaired or recovered as far as it can be read."""
    if len(block) > MAX_BLOCK:
        notes.append("jsonld: a block is too long to be read")
        return []
    try:
        return [json.loads(block, strict=False)]
    except (ValueError, RecursionError):
        return _lenient_values(block, notes)


def _lenient_values(block: str, notes: list[str]) -> list[Any]:
    """The values of a block that has several, comments, trailing commas or CDATA wrappers; for other errors the
    members that are sound."""
    if len(block) > MAX_INVALID_BLOCK:
        notes.append("jsonld: a block is not readable JSON")
        return []
    if "&quot;" in block and '"' not in block[:40]:
        block = html.unescape(block)
    if "“" in block and '"' not in block:
        block = block.replace("“", '"').replace("”", '"')
    text = _without_comments(_WRAPPER.sub("", block)).strip()
    values: list[Any] = []
    while text:
        try:
            value, end = _decode(text)
        except (ValueError, RecursionError):
            recovered = recover_values(text)
            notes.append(f"jsonld: a block is not readable JSON{'; its sound members were kept' if recovered else ''}")
            return values + recovered
        values.append(value)
        text = text[end:].lstrip(" \t\r\n,;")
    return values


def _without_comments(text: str) -> str:
    """The text without comments and trailing commas outside strings. One pass, linear in any input."""
    kept: list[str] = []
    start, in_comment = 0, False
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if in_comment:
            if piece == "*/":
                start, in_comment = match.end(), False
        elif not piece.startswith('"'):
            kept.append(text[start : match.start()])
            start, in_comment = match.end(), piece == "/*"
    if not in_comment:
        kept.append(text[start:])
    return "".join(kept)


def _nodes(value: Any) -> Iterator[Node]:
    """A value's top-level nodes, including those in lists, in @graph and in pages that wrap an article."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(item[:MAX_NODES]))
        elif isinstance(item, dict):
            yield item
            pending.extend(reversed([item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]))


def types_of(node: Node) -> set[str]:
    """Lower-case local names of a node's @type."""
    named = node.get("@type", ())
    return {
        name.rpartition("/")[2].rpartition(":")[2].lower()
        for name in (named if isinstance(named, list) else [named])
        if isinstance(name, str)
    }


def by_id(nodes: list[Node]) -> dict[str, Node]:
    """@id -> the node of that id with the most keys, also among the nodes nested one level down."""
    index: dict[str, Node] = {}
    for node in nodes:
        nested = [value for value in node.values() if isinstance(value, dict)]
        for candidate in (node, *nested):
            name = candidate.get("@id")
            if isinstance(name, str) and len(candidate) > len(index.get(name, ())):
                index[name] = candidate
    return index


def article_of(nodes: list[Node], url: str) -> Node | None:
    """The node that describes the page's article: by type first, then by URL, then by how much it states."""
    best, best_score = None, 0
    path = url.split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
    for node in nodes:
        types = types_of(node)
        score = 20 if types & ARTICLE_TYPES else 5 if types & PAGE_TYPES else 0
        if not score:
            continue
        score += sum(2 for key in ("headline", "datePublished", "author", "articleBody", "keywords") if node.get(key))
        named = (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
        if path and any(path in str(name) for name in named if name):
            score += 6
        if score > best_score:
            best, best_score = node, score
    return best


def texts(value: Any, keys: tuple[str, ...] = ("name",), limit: int = 5000) -> list[str]:
    """The strings of a value: a string or number, an object with one of `keys` or `@value`, or a list of these; at most
    `limit`."""
    found: list[str] = []
    pending = [value]
    while pending and len(found) < limit:
        item = pending.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, int | float) and not isinstance(item, bool):
            found.append(str(item))
        elif isinstance(item, list):
            pending.extend(reversed(item[:limit]))
        elif isinstance(item, dict):
            inner = next((item[key] for key in (*keys, "@value") if item.get(key)), None)
            if isinstance(inner, str | list | dict):
                pending.append(inner)
    return found
