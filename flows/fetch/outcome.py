"""Classifies a response: its outcome and reason, and the robots tags of the page."""

from __future__ import annotations

import hashlib
import re

from flows.errors import NewsvaneError, Refused, Transient, Unsafe
from flows.fetch.http.client import Hop, Reply
from flows.fetch.http.decode import binary_kind
from flows.fetch.state.store import PageState
from flows.model import Outcome, Purpose

# The outcomes of an exchange that has a usable response.
GOOD_OUTCOMES: frozenset[Outcome] = frozenset({"new", "changed", "unchanged"})
_EMPTY = b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"
_MAX_BARE = 16 * 1024  # a page larger than this is not examined for text
_HTML = ("text/html", "application/xhtml+xml")
_MAX_HEAD = 256 * 1024
_META = re.compile(rb"<meta\b[^>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(rb"<!--.*?-->|<[^<>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
# X-Robots-Tag rules that have a colon of their own, where others have one after the name of a crawler.
_RULES_WITH_VALUE = ("unavailable_after", "max-snippet")


class Deferred(Transient):
    """The host may not be requested again within this run; the URL stays due."""


class Unreachable(Transient):
    """The host of a robots.txt gave no answer, so nothing was requested: it is down and refuses nothing."""


def classify(
    purpose: Purpose, reply: Reply, known: PageState | None, *, conditional: bool
) -> tuple[Outcome, str | None]:
    """The outcome of a reply, and the reason: for a new or changed page what is wrong with its body, else None."""
    if reply.problem is not None:
        return _classify_problem(reply.problem), reply.problem.message
    last = reply.last
    assert last is not None  # a reply without a problem has a response
    if last.status == 304:
        return ("unchanged", "not modified") if conditional else ("failed", "304 for an unconditional request")
    is_empty_robots = purpose == "robots" and last.status == 204  # a file without rules
    if last.status not in (200, 203) and not is_empty_robots:
        return _classify_status(purpose, last.status)
    if problem := _unusable(purpose, last, reply.body):
        return "failed", problem
    if known is None or known.body_sha256 is None or purpose == "robots":
        return "new", reply.note
    is_same = hashlib.sha256(reply.body).hexdigest() == known.body_sha256
    return ("unchanged", "same body") if is_same else ("changed", reply.note)


def _unusable(purpose: Purpose, last: Hop, body: bytes) -> str | None:
    """Why a body is no page: it is empty, packed or binary; None for a usable one."""
    if purpose in ("robots", "closings"):
        return None
    if not body.strip(_EMPTY):
        return f"empty body with status {last.status}"
    if purpose != "article":
        return None
    kind = binary_kind(body)
    return f"the body is {kind} data, no page" if kind else None


def has_text(body: bytes) -> bool:
    """Whether anything is left of a page without its tags. A large page is not examined: it has."""
    is_markup = len(body) <= _MAX_BARE and body.lstrip(_EMPTY).startswith(b"<")
    return not is_markup or bool(_TAG.sub(b"", body).strip(_EMPTY))


def _classify_status(purpose: Purpose, status: int) -> tuple[Outcome, str]:
    """The outcome of a response that is neither a page nor a 304."""
    if purpose == "robots" and 400 <= status < 500 and status != 429:
        return "gone", f"status {status}: no robots.txt, everything is allowed (RFC 9309 2.3.1.3)"
    if status in (404, 410):
        return ("failed" if purpose == "observations" else "gone"), f"status {status}"
    return ("refused" if status in (401, 403, 451) else "failed"), f"status {status}"


def _classify_problem(problem: NewsvaneError) -> Outcome:
    if isinstance(problem, Deferred):
        return "skipped"
    if isinstance(problem, Refused):
        return "refused"
    return "unsafe" if isinstance(problem, Unsafe) else "failed"


def robots_tags(hop: Hop, body: bytes, media_type: str | None, token: str) -> tuple[str, ...]:
    """The X-Robots-Tag and meta robots tags that apply to `token` or to every crawler: lower case, sorted."""
    tags: set[str] = set()
    for value in hop.all("x-robots-tag"):
        tags.update(_header_tags(value, token))
    if media_type in _HTML:
        for meta in _META.findall(body[:_MAX_HEAD]):
            attributes = {key.lower(): value.strip(b"\"' ") for key, value in _ATTRIBUTE.findall(meta)}
            if attributes.get(b"name", b"").lower() in (b"robots", token.lower().encode()):
                tags.update(_split(attributes.get(b"content", b"").decode("latin-1")))
    return tuple(sorted(tag for tag in tags if tag))


def _header_tags(value: str, token: str) -> list[str]:
    """The tags of one X-Robots-Tag header; none if it names another crawler."""
    agent, colon, rest = value.partition(":")
    agent = agent.strip().lower()
    is_named = bool(colon) and "," not in agent and agent not in _RULES_WITH_VALUE
    if is_named and agent not in (token.lower(), "robots", "*"):
        return []
    return _split(rest if is_named else value)


def _split(tags: str) -> list[str]:
    return [tag.strip().lower()[:60] for tag in tags.split(",")]
