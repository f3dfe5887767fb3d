"""Compares the revisions of an article word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

_WORDS: Final = re.compile(r"\s+|[^\s]+")
_MOST_WORDS: Final = 6000  # of one text: the time to compare grows with the square
_CONTEXT: Final = 24  # words kept on either side of a change
Part = tuple[Literal["same", "add", "cut", "skip"], str]


@dataclass(frozen=True)
class Change:
    """One revision: when it was seen, its kind, and per changed field the words that stayed, came and went."""

    revision: int
    kind: str
    silent: bool
    from_at: Any
    until_at: Any
    fields: dict[str, list[Part]]


def changes(revisions: Sequence[dict[str, Any]]) -> list[Change]:
    """The revisions with what each changed since the one before, newest first; the first has no changes."""
    found = []
    for at, row in enumerate(revisions):
        fields = {}
        if at:
            before = revisions[at - 1]
            pairs = {name: (_text(before[name]), _text(row[name])) for name in ("title", "summary", "tags", "body")}
            fields = {name: compare(old, new) for name, (old, new) in pairs.items() if old != new}
        found.append(Change(row["revision"], row["kind"], row["silent"], row["from_at"], row["until_at"], fields))
    return found[::-1]


def compare(old: str, new: str) -> list[Part]:
    """The words of two texts in order: same, cut (only in the old), add (only in the new); long equal stretches are
    shortened to `skip`."""
    if old == new:
        return [("same", old)]
    before, after = _WORDS.findall(old)[:_MOST_WORDS], _WORDS.findall(new)[:_MOST_WORDS]
    parts: list[Part] = []
    for tag, from_old, to_old, from_new, to_new in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts += _shortened(before[from_old:to_old], bool(parts), to_old == len(before))
            continue
        if to_old > from_old:
            parts.append(("cut", "".join(before[from_old:to_old])))
        if to_new > from_new:
            parts.append(("add", "".join(after[from_new:to_new])))
    return parts


def _shortened(words: list[str], follows: bool, is_last: bool) -> Iterator[Part]:
    """The words around a change; `follows` one, or stands before one unless `is_last`."""
    head = words[:_CONTEXT] if follows else []
    tail = [] if is_last else words[max(len(head), len(words) - _CONTEXT) :]
    if len(head) + len(tail) >= len(words):
        yield "same", "".join(words)
        return
    if head:
        yield "same", "".join(head)
    yield "skip", " … "
    if tail:
        yield "same", "".join(tail)


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
