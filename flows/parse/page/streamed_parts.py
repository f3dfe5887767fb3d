"""Puts the parts of a page that React streams behind it in the places that wait for them, as its scripts do.

A part is a hidden `div` at the end of the body, its place a `template` with an id: a whole boundary, which shows other
elements until its part is there, or a segment of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

# The calls that move a part: $RC and $RR name the place first, $RS the part.
_CALL = re.compile(r'\$R[CRS]\("([BSP]:[0-9a-f]+)","([BSP]:[0-9a-f]+)"')
_PLACES = "template[id]"
_PARTS = 'body > div[hidden][id^="S:"]'
MAX_DEPTH = 20
MAX_PARTS = 1000
# A boundary shows no more elements than this until its part is there.
MAX_SHOWN = 100
# Parts are copied: no more characters of markup than this in all.
MAX_COPIED = 2_000_000


def place_parts(tree: LexborHTMLParser, markup: str) -> None:
    """Move the parts of a page, parsed from `markup`, to their places, where they replace what is shown until then. In
    a page that was saved without its scripts, a place takes the part with its own number."""
    if 'id="S:' not in markup:
        return
    parts = {node.attributes["id"] or "": node for node in tree.css(_PARTS)[:MAX_PARTS]}
    inner = {place.mem_id for part in parts.values() for place in part.css(_PLACES)}
    outer = [place for place in tree.css(_PLACES) if place.mem_id not in inner]
    calls = [(one, other) if other[0] == "S" else (other, one) for one, other in _CALL.findall(markup)]
    calls = calls or [(f"{kind}:{part[2:]}", part) for part in parts for kind in "BP"]
    _Mover(dict(calls), parts).fill(outer, 0)


@dataclass(slots=True)
class _Mover:
    """The parts not yet moved by id, which part each place waits for, and the identities of places that are gone."""

    part_of: dict[str, str]
    parts: dict[str, LexborNode]
    copied: int = 0
    gone: set[int] = field(default_factory=set)

    def fill(self, places: list[LexborNode], depth: int) -> None:
        """Put parts in these places; the places inside of a part are filled before it is copied."""
        for place in places:
            if place.mem_id in self.gone:
                continue
            name = place.attributes["id"] or ""
            part = self.parts.pop(self.part_of.get(name, ""), None)
            if part is None:
                continue
            if depth < MAX_DEPTH:
                self.fill(part.css(_PLACES), depth + 1)
            self.copied += len(part.inner_html or "")
            if self.copied > MAX_COPIED:
                return
            if name[0] == "B":
                for shown in _fallback(place):
                    self.gone.update([inner.mem_id for inner in shown.css(_PLACES)], [shown.mem_id])
                    shown.decompose()
            del part.attrs["hidden"]
            place.replace_with(part)
            part.decompose()


def _fallback(place: LexborNode) -> list[LexborNode]:
    """What a boundary shows until its part is there: everything up to the comment that ends it."""
    shown: list[LexborNode] = []
    following = place.next
    depth = 0
    while following is not None and len(shown) < MAX_SHOWN:
        mark = following.comment_content if following.is_comment_node else None
        if mark == "/$":
            if not depth:
                return shown
            depth -= 1
        elif mark is not None and mark.startswith("$"):
            depth += 1
        shown.append(following)
        following = following.next
    return []
