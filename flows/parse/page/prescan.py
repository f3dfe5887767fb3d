"""Finds the encoding that a page's first bytes declare, by the WHATWG prescan: comments and attribute values never
count as declarations."""

from __future__ import annotations

import re

from flows.parse.page.encoding_labels import codec_of

# The prescan of the standard ends after 1,024 bytes, and a browser reads the page again if a declaration comes later
# (WHATWG 13.2.3.4); then what stands in a script is none.
_PRESCAN_BYTES = 1024
MAX_BYTES = 64 * 1024
_RAW_TEXT = frozenset({b"script", b"style", b"title", b"textarea", b"noscript", b"template", b"iframe"})
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
_NEXT = re.compile(rb"<(?:(!--)|(meta)(?=[\t\n\f\r /])|/?([A-Za-z])|[!/?])", re.IGNORECASE)
_TAG_NAME = re.compile(rb"[^\t\n\f\r >]*")
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r =/>]*+)"
    rb"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"([^\"]*+)(\"?)|'([^']*+)('?)|([^\t\n\f\r >]*+)))?"
)
_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.IGNORECASE)


def declared_codec(data: bytes) -> str | None:
    """The codec that the page's own `<meta>` or XML declaration names, None without one. A page that can be read this
    far is not UTF-16: that declaration means UTF-8."""
    head = data[:MAX_BYTES]
    prescan = head[: head.rfind(b">", 0, _PRESCAN_BYTES) + 1]
    codec = _meta_codec(prescan, frozenset()) or _meta_codec(head, _RAW_TEXT)
    if codec is None and (match := _XML.search(head)):
        codec = codec_of(match.group(1).decode("ascii"))
    return "utf-8" if codec in ("utf-16-le", "utf-16-be") else codec


def _meta_codec(head: bytes, passed_over: frozenset[bytes]) -> str | None:
    at = 0
    while match := _NEXT.search(head, at):
        comment, meta, tag = match.groups()
        if comment:
            end = head.find(b"-->", match.start() + 2)
            at = end + 3 if end >= 0 else len(head)
        elif meta or tag:
            end = match.end() if meta else _end_of_name(head, match.start() + 1)
            attributes, at = _attributes(head, end)
            if meta and (codec := _codec_in(attributes)):
                return codec
            name = head[match.start() + 1 : end].lower()
            if name in passed_over:
                at = _end_of_element(head, name, at)
        else:
            end = head.find(b">", match.end())
            at = end + 1 if end >= 0 else len(head)
    return None


def _end_of_name(head: bytes, start: int) -> int:
    match = _TAG_NAME.match(head, start)
    return match.end() if match else start


def _end_of_element(head: bytes, name: bytes, at: int) -> int:
    match = re.compile(b"</" + name + rb"[\s/>]", re.IGNORECASE).search(head, at)
    return match.start() if match else len(head)


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag, lower-case names, the first of each name; and where the tag ends. A tag that is cut off
    in a quoted value ends the page."""
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, at):
        name, double, end_double, single, end_single, plain = match.groups()
        if (double is not None and not end_double) or (single is not None and not end_single):
            return {}, len(head)
        found.setdefault(name.lower(), double or single or plain or b"")
        at = match.end()
    return found, at


def _codec_in(attributes: dict[bytes, bytes]) -> str | None:
    """The codec that a meta element declares, by `charset`, or by `content` if it is the pragma for it."""
    label = attributes.get(b"charset")
    if label is None and attributes.get(b"http-equiv", b"").strip().lower() == b"content-type":
        match = _CHARSET.search(attributes.get(b"content", b""))
        label = (match.group(1) or match.group(2) or match.group(3)) if match else None
    return codec_of(label.decode("latin-1")) if label else None
