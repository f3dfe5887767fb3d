"""Turns a good answer into a bad one for each fault that needs no tricks on the socket. Pure."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from flows.simulator.article import ALIAS_STEP
from flows.simulator.faults import Severity
from flows.simulator.rng import share
from flows.simulator.site import HTML, PLAIN, Answer

LOOP = ("/loop/a", "/loop/b")  # each answers with a redirect to the other
VIDEO_RULE = "Disallow: /content/video/"
_SOFT_404 = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>Page not found</title></head><body><h1>Page not found</h1>'
    '<p>Sorry, we could not find that page.</p><p><a href="/">Back to the front page</a></p></body></html>\n'
)
_COOKIE_WALL = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>Just a moment</title><meta name="robots" content="noindex"></head>'
    '<body><h1>We value your privacy</h1><p>Accept cookies to go on reading.</p><form method="post" action="/consent">'
    '<button name="all">Accept all</button></form></body></html>\n'
)
_NEVER = datetime(2018, 1, 1, tzinfo=UTC)
_LIES = ("iso-8859-1", "utf-16", "x-no-such-charset")
_ITEM = re.compile(rb"<item>.*?</item>\n?", re.DOTALL)
_ID = re.compile(rb"(\d{9})\.html")
_LOC = re.compile(rb"<loc>([^<]*)</loc>")


@dataclass(frozen=True, slots=True)
class Request:
    """What a fault may know of a request: `base` is the site's scheme, host and port; `now` is simulated time."""

    path: str
    base: str
    now: datetime
    severity: Severity


def distort(kind: str, answer: Answer, request: Request) -> Answer:
    """The answer as a fault of that kind leaves it. Raises KeyError for one that works on the socket."""
    if kind.startswith("error_"):
        return Answer(int(kind[6:]), PLAIN, b"The server is having a bad day.\n")
    return {
        "too_many": _too_many,
        "too_many_retry_after": _retry_after,
        "lying_charset": _lying_charset,
        "redirect_loop": _redirect_loop,
        "redirect_private": _redirect_private,
        "redirect_file": _redirect_file,
        "etag_changes": _etag_changes,
        "etag_sticks": _etag_sticks,
        "clock_skew": _clock_skew,
        "soft_404": lambda answer, request: Answer(200, HTML, _SOFT_404.encode()),
        "cookie_wall": lambda answer, request: Answer(200, HTML, _COOKIE_WALL.encode()),
        "malformed_feed": _malformed,
        "feed_repeats": _repeats,
        "feed_drops": _drops,
        "duplicate_ids": _duplicates,
        "huge_sitemap": _huge,
        "robots_changes": _robots,
    }[kind](answer, request)


def redirect(location: str) -> Answer:
    """A 302 to `location`."""
    return Answer(302, PLAIN, b"moved\n", headers=(("Location", location),))


def loop_answer(path: str, base: str) -> Answer | None:
    """What the two ends of the redirect loop say, None for any other path."""
    return redirect(base + LOOP[1 - LOOP.index(path)]) if path in LOOP else None


def _too_many(answer: Answer, request: Request) -> Answer:
    return Answer(429, PLAIN, b"Slow down.\n")


def _retry_after(answer: Answer, request: Request) -> Answer:
    """Half of the paths say it in seconds, the others as a date."""
    wait = request.severity.retry_after_s
    until = format_datetime(request.now + timedelta(seconds=wait), usegmt=True)
    said = str(wait) if share("retry", request.path) < 0.5 else until
    return Answer(429, PLAIN, b"Slow down.\n", headers=(("Retry-After", said),))


def _lying_charset(answer: Answer, request: Request) -> Answer:
    lie = _LIES[int(share("charset", request.path) * len(_LIES))]
    return replace(answer, media_type=answer.media_type.replace("utf-8", lie))


def _redirect_loop(answer: Answer, request: Request) -> Answer:
    return redirect(request.base + LOOP[0])


def _redirect_private(answer: Answer, request: Request) -> Answer:
    port = request.base.rpartition(":")[2]
    return redirect(f"http://{request.severity.private_host}:{port}/private")


def _redirect_file(answer: Answer, request: Request) -> Answer:
    return redirect("file:///etc/hostname")


def _etag_changes(answer: Answer, request: Request) -> Answer:
    """Another ETag for the same body."""
    return replace(answer, etag=f'"{request.now.timestamp():.0f}-{share(request.path):.6f}"') if answer.etag else answer


def _etag_sticks(answer: Answer, request: Request) -> Answer:
    """One ETag and one date for a path for ever, whatever the body: whoever trusts them misses changes."""
    if answer.etag is None or answer.modified is None:
        return answer
    return replace(answer, etag=f'"stuck-{share(request.path):.9f}"', modified=_NEVER)


def _clock_skew(answer: Answer, request: Request) -> Answer:
    hours = request.severity.skew_hours * (1 if share("skew", request.path) < 0.5 else -1)
    wrong = format_datetime(request.now + timedelta(hours=hours), usegmt=True)
    return replace(answer, headers=(*answer.headers, ("Date", wrong)))


def _malformed(answer: Answer, request: Request) -> Answer:
    """Cut in mid-entry, or with bare ampersands and an unclosed element."""
    if share("malformed", request.path, request.now.hour) < 0.5:
        return replace(answer, body=answer.body[: len(answer.body) * 2 // 3], etag=None)
    return replace(
        answer, body=answer.body.replace(b"<title>", b"<title><b>R&D & more: ").replace(b"</channel>", b""), etag=None
    )


def _repeats(answer: Answer, request: Request) -> Answer:
    items = _ITEM.findall(answer.body)
    body = answer.body.replace(b"</channel>", b"".join(items[:10] * 3) + b"</channel>")
    return replace(answer, body=body, etag=None)


def _drops(answer: Answer, request: Request) -> Answer:
    """Every second entry is missing."""
    body = answer.body
    for item in _ITEM.findall(body)[::2]:
        body = body.replace(item, b"")
    return replace(answer, body=body, etag=None)


def _duplicates(answer: Answer, request: Request) -> Answer:
    """One article is listed under a second id, which the site also answers to."""
    ids = list(dict.fromkeys(_ID.findall(answer.body)))
    if not ids:
        return answer
    known = ids[int(share("alias", request.path, request.now.hour) * len(ids))]
    alias = b"%09d.html" % (int(known) + ALIAS_STEP)
    return replace(answer, body=answer.body.replace(known + b".html", alias), etag=None)


def _huge(answer: Answer, request: Request) -> Answer:
    """The sitemap's own URLs over and over with other `?ref=`, gzip on the wire."""
    known = [loc.decode() for loc in _LOC.findall(answer.body)] or [request.base + "/"]
    count = request.severity.sitemap_urls
    rows = "\n".join(f"<url><loc>{known[at % len(known)]}?ref={at}</loc></url>" for at in range(count))
    text = f'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
    body = gzip.compress(text.encode(), 1, mtime=0)
    return replace(answer, body=body, etag=None, headers=(*answer.headers, ("Content-Encoding", "gzip")))


def _robots(answer: Answer, request: Request) -> Answer:
    """From now until the next copy, video pages are forbidden."""
    body = answer.body.replace(b"User-agent: *\n", f"User-agent: *\n{VIDEO_RULE}\n".encode())
    return replace(answer, body=body, etag=None)
