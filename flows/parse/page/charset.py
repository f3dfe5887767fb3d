"""Detects a page's character encoding and decodes its bytes; never fails."""

from __future__ import annotations

import codecs

from flows.counts import count_text
from flows.parse.page.charset_guess import MULTI_BYTE, guess_codec
from flows.parse.page.encoding_labels import codec_of
from flows.parse.page.prescan import declared_codec

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_UTF16 = ("utf-16-le", "utf-16-be")
_SHAPE_BYTES = 64  # the start of a page is markup, also where its text has few zeros


def decode(data: bytes, declared: str | None) -> tuple[str, list[str]]:
    """Text of an HTML page, and notes on what was wrong. Precedence as in the WHATWG HTML standard: byte-order mark,
    the HTTP header's charset (`declared`), the page's own `<meta>`. A declaration that the bytes contradict is
    ignored: UTF-8, valid but for few bytes, overrides a single-byte one, and what is no UTF-8 is read by the other
    declaration, or by a guess, which is windows-1252 unless the text shows another script."""
    text, _, notes = as_utf8(data, declared)
    return text, notes


def as_utf8(data: bytes, declared: str | None) -> tuple[str, bytes, list[str]]:
    """(text, its UTF-8, notes) as `decode` reads it; the UTF-8 is `data` itself where that is valid."""
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return *encode(data[len(bom) :].decode(codec, "replace")), []
    if utf16 := _utf16_by_shape(data):
        return *encode(data.decode(utf16, "replace")), ["charset: UTF-16 without a byte-order mark"]
    claimed = codec_of(declared) or declared_codec(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text, notes = _not_utf8(data, claimed, error)
        return *encode(text), notes
    if claimed == "iso2022_jp" and b"\x1b" in data:
        return *encode(data.decode(claimed, "replace")), []
    if claimed in (None, "utf-8") or text.isascii():
        return text, data, []
    return text, data, [f"charset: declared {claimed}, but the bytes are valid UTF-8"]


def encode(text: str) -> tuple[str, bytes]:
    """(text, its UTF-8), with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        joined = _joined(text)
        return joined, joined.encode()


def _joined(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _not_utf8(data: bytes, claimed: str | None, error: UnicodeDecodeError) -> tuple[str, list[str]]:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # UTF-8 remains the best reading where the last character is cut or few are damaged, but not where most are.
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    is_tolerable = claimed == "utf-8" and broken <= 3 + beyond_ascii // 10
    if is_tolerable or (claimed not in (*MULTI_BYTE, *_UTF16) and beyond_ascii >= 11 * broken):
        return text, [f"charset: {count_text(broken, 'byte sequence is', 'byte sequences are')} not valid UTF-8"]
    if claimed in _UTF16 and _decodes(data, claimed):
        return data.decode(claimed), []
    if claimed in (None, "utf-8", *_UTF16):
        claimed = declared_codec(data)
    if claimed in (None, "utf-8"):
        guessed = guess_codec(data) or "cp1252"
        read_as = "windows-1252" if guessed == "cp1252" else guessed
        return data.decode(guessed, "replace"), [f"charset: not UTF-8 (byte {error.start}), read as {read_as}"]
    is_valid = _decodes(data, claimed)
    return data.decode(claimed, "replace"), [] if is_valid else [f"charset: some bytes are not valid {claimed}"]


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_by_shape(data: bytes) -> str | None:
    """UTF-16 without a byte-order mark, recognized by the zeros in every other byte of its ASCII markup."""
    head = data[:_SHAPE_BYTES]
    if head.count(0) * 5 < len(head) * 2 or len(head) < 16:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else None
