"""What an answer means: its outcome and reason, and what the page says to robots."""

from __future__ import annotations

import hashlib
import re

from flows.errors import NewsvaneError, Refused, Transient, Unsafe
from flows.fetch.http.client import Hop, Reply
from flows.fetch.state.store import PageState
from flows.model import Outcome, Purpose

_META_ROBOTS = re.compile(rb"<meta\b[^>]{0,500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


class NotNow(Transient):
    """The host's turn is over for this run; the URL stays due."""


def judge(purpose: Purpose, reply: Reply, known: PageState | None, *, conditional: bool) -> tuple[Outcome, str | None]:
    """What came of it, and why where it is no good answer."""
    if reply.problem is not None:
        return _problem(reply.problem), reply.problem.message
    last = reply.last
    assert last is not None  # no problem means an answer
    if last.status == 304:
        return ("unchanged", "not modified") if conditional else ("failed", "304 without having been asked")
    if purpose == "robots" and 400 <= last.status < 500 and last.status != 429:
        return "gone", f"status {last.status}: no robots.txt, everything is allowed (RFC 9309 2.3.1.3)"
    if last.status in (404, 410):
        return ("failed" if purpose == "observations" else "gone"), f"status {last.status}"
    if last.status in (401, 403, 451):
        return "refused", f"status {last.status}"
    if last.status not in (200, 203):
        return "failed", f"status {last.status}"
    if not reply.body and purpose not in ("robots", "closings"):
        return "failed", "empty body with status 200"
    if known is None or known.body_sha256 is None or purpose == "robots":
        return "new", None
    same = hashlib.sha256(reply.body).hexdigest() == known.body_sha256
    return ("unchanged", "same body") if same else ("changed", None)


def _problem(problem: NewsvaneError) -> Outcome:
    if isinstance(problem, NotNow):
        return "skipped"
    if isinstance(problem, Refused):
        return "refused"
    return "unsafe" if isinstance(problem, Unsafe) else "failed"


def robots_tags(hop: Hop, body: bytes, kind: str | None, token: str) -> tuple[str, ...]:
    """What X-Robots-Tag headers and meta robots say to us or to all, lower case, sorted."""
    tags: set[str] = set()
    for value in hop.all("x-robots-tag"):
        agent, colon, rest = value.partition(":")
        named = colon and "," not in agent and agent.strip().lower() not in ("unavailable_after", "max-snippet")
        if named and agent.strip().lower() not in (token.lower(), "robots", "*"):
            continue
        tags.update(part.strip().lower()[:60] for part in (rest if named else value).split(","))
    if kind in ("text/html", "application/xhtml+xml"):
        for meta in _META_ROBOTS.findall(body[: 256 * 1024]):
            said = {key.lower(): value.strip(b"\"' ") for key, value in _ATTRIBUTE.findall(meta)}
            if said.get(b"name", b"").lower() in (b"robots", token.lower().encode()):
                tags.update(
                    part.strip().lower()[:60] for part in said.get(b"content", b"").decode("latin-1").split(",")
                )
    return tuple(sorted(tag for tag in tags if tag))
