"""Cleans text for storage: NFC, no control characters or lone surrogates, white space collapsed."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

# C0 and C1 controls, lone surrogates, zero-width and bidirectional marks, soft hyphen, byte-order mark, noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")


def clean_text(text: str) -> str:
    """One line: NFC, no control characters, no lone surrogates, each run of white space as one space."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    if _UNWANTED.search(text):
        text = " ".join(_UNWANTED.sub("", text).split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean_markup(text: str) -> str:
    """`clean_text` of a string that may still hold entities and tags, as JSON-LD values often do."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
    if "<" in text:
        text = re.sub(r"<br\s*/?>|</p>", " ", text, flags=re.IGNORECASE)
        text = re.sub(r"</?[a-zA-Z][^<>]{0,500}>", "", text)
    return clean_text(text)


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """Cleaned paragraphs, empty ones dropped, joined by one blank line."""
    return "\n\n".join(cleaned for paragraph in paragraphs if (cleaned := clean_text(paragraph)))
