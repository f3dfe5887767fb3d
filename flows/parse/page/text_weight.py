"""Measures text in letters that compare across scripts."""

from __future__ import annotations

import re

_DENSE = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_DENSE_WEIGHT = 2.5
# In UTF-8 a character of these scripts starts with one of the other bytes; most texts that are not ASCII have none.
_NOT_DENSE = bytes({*range(256)} - {0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF})


def weight_of(text: str) -> int:
    """The length of a text in letters; a character of a dense script (Han, kana, Thai ...) counts for several."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _NOT_DENSE):
        return len(text)
    return len(text) + int((_DENSE_WEIGHT - 1) * sum(map(len, _DENSE.findall(text))))
