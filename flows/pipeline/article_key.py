"""Names an article: the key under which one source's later readings of it are found again."""

from __future__ import annotations

import re
from typing import Final

from flows.model import Parsed

# Systems whose ids are unique beyond one site: one sequence over the group (Heartland), UUIDs (BLOX).
_SHARED_IDS: Final = frozenset(["heartland", "blox"])
_SCHEME: Final = re.compile(r"^https?://(www\.)?")


def article_key(parsed: Parsed, url: str) -> str:
    """The key of an article whose canonical URL is `url`: `system:id`, or `system:host:id` where ids are unique within
    one site only; without an id the URL. Scheme and `www.` are no part of it: a site that moves to https stays the
    same."""
    bare = _SCHEME.sub("", url)
    if not parsed.native_id:
        return bare
    system = (parsed.template or "generic").partition("-")[0]
    if system in _SHARED_IDS:
        return f"{system}:{parsed.native_id}"
    return f"{system}:{re.split('[/?#]', bare)[0]}:{parsed.native_id}"
