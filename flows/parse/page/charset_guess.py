"""Guesses the encoding of a page that declares none: East Asian and other scripts that are not Latin."""

from __future__ import annotations

import re
from typing import Final

import chardet

from flows.parse.page.encoding_labels import codec_of

MULTI_BYTE: Final = ("gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949")
_ONE_BYTE: Final = (
    "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "cp1253", "iso8859-7", "cp1255", "iso8859-8", "cp1256",
    "iso8859-6", "cp874",
)  # fmt: skip
_MAX_BYTES: Final = 64 * 1024
_LINE: Final = re.compile(rb"[^<>\n]*[\x80-\xff][^<>\n]*")
_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
# Kana, Chinese characters, Hangul, their punctuation and their wide forms.
_EAST_ASIAN: Final = re.compile("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]")
_BEYOND_ASCII: Final = re.compile("[^\0-\x7f]")
_LIKENESS: Final = 0.9
_RUN_SHARE: Final = 0.7
_MIN_CHARACTERS: Final = 3  # East Asian
_MIN_LETTERS: Final = 7  # different ones, of another script


def guess_codec(data: bytes) -> str | None:
    """The codec of bytes that are not UTF-8 and declare nothing; None for what may be windows-1252.

    A guess counts only where the text cannot be a Western one: nearly all its characters beyond ASCII are East Asian,
    or its bytes beyond ASCII stand in words of their own, not among Latin letters.
    """
    text = b"\n".join(_LINE.findall(data))[:_MAX_BYTES]
    label = chardet.detect(text)["encoding"] or ""
    found = codec_of(label) or label.lower()  # cp932, cp949 and cp874 are no labels of the standard
    if found in MULTI_BYTE and _is_east_asian(text.decode(found, "replace")):
        return found
    return found if found in _ONE_BYTE and _has_own_words(text) else None


def _is_east_asian(text: str) -> bool:
    beyond = len(_BEYOND_ASCII.findall(text))
    return beyond >= _MIN_CHARACTERS and len(_EAST_ASIAN.findall(text)) >= _LIKENESS * beyond


def _has_own_words(text: bytes) -> bool:
    beyond = [byte for byte in text if byte > 0x7F]
    in_words = sum(map(len, _RUN.findall(text)))
    return len(set(beyond)) >= _MIN_LETTERS and in_words >= _RUN_SHARE * len(beyond)
