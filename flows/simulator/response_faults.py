"""Applies the faults that only change the response; pure functions."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from flows.simulator.article import ALIAS_STEP
from flows.simulator.faults import Severity
from flows.simulator.rng import uniform
from flows.simulator.site import HTML, PLAIN, Response

LOOP = ("/loop/a", "/loop/b")  # each redirects to the other
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
_WRONG_CHARSETS = ("iso-8859-1", "utf-16", "x-no-such-charset")
_ITEM = re.compile(rb"<item>.*?</item>\n?", re.DOTALL)
_ID = re.compile(rb"(\d{9})\.html")
_LOC = re.compile(rb"<loc>([^<]*)</loc>")


@dataclass(frozen=True, slots=True)
class Request:
    """The request that a fault applies to: `base` is the site's scheme, host and port; `now` is simulated time."""

    path: str
    base: str
    now: datetime
    severity: Severity


def apply_response_fault(kind: str, response: Response, request: Request) -> Response:
    """The response with the fault applied. Raises KeyError for a socket fault."""
    if kind.startswith("error_"):
        return Response(int(kind[6:]), PLAIN, b"The server is having a bad day.\n")
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
        "soft_404": lambda response, request: Response(200, HTML, _SOFT_404.encode()),
        "cookie_wall": lambda response, request: Response(200, HTML, _COOKIE_WALL.encode()),
        "malformed_feed": _malformed,
        "feed_repeats": _repeats,
        "feed_drops": _drops,
        "duplicate_ids": _duplicates,
        "huge_sitemap": _huge,
        "robots_changes": _robots,
    }[kind](response, request)


def redirect(location: str) -> Response:
    """A 302 to `location`."""
    return Response(302, PLAIN, b"moved\n", headers=(("Location", location),))


def loop_response(path: str, base: str) -> Response | None:
    """The redirect of a path in `LOOP`; None for any other path."""
    return redirect(base + LOOP[1 - LOOP.index(path)]) if path in LOOP else None


def _too_many(response: Response, request: Request) -> Response:
    return Response(429, PLAIN, b"Slow down.\n")


def _retry_after(response: Response, request: Request) -> Response:
    """Half of the paths send Retry-After in seconds, the others as a date."""
    wait = request.severity.retry_after_s
    until = format_datetime(request.now + timedelta(seconds=wait), usegmt=True)
    value = str(wait) if uniform("retry", request.path) < 0.5 else until
    return Response(429, PLAIN, b"Slow down.\n", headers=(("Retry-After", value),))


def _lying_charset(response: Response, request: Request) -> Response:
    wrong = _WRONG_CHARSETS[int(uniform("charset", request.path) * len(_WRONG_CHARSETS))]
    return replace(response, media_type=response.media_type.replace("utf-8", wrong))


def _redirect_loop(response: Response, request: Request) -> Response:
    return redirect(request.base + LOOP[0])


def _redirect_private(response: Response, request: Request) -> Response:
    port = request.base.rpartition(":")[2]
    return redirect(f"http://{request.severity.private_host}:{port}/private")


def _redirect_file(response: Response, request: Request) -> Response:
    return redirect("file:///etc/hostname")


def _etag_changes(response: Response, request: Request) -> Response:
    """Another ETag for the same body."""
    return (
        replace(response, etag=f'"{request.now.timestamp():.0f}-{uniform(request.path):.6f}"')
        if response.etag
        else response
    )


def _etag_sticks(response: Response, request: Request) -> Response:
    """The same ETag and date for a path whatever the body; a client that trusts them misses changes."""
    if response.etag is None or response.modified is None:
        return response
    return replace(response, etag=f'"stuck-{uniform(request.path):.9f}"', modified=_NEVER)


def _clock_skew(response: Response, request: Request) -> Response:
    hours = request.severity.skew_hours * (1 if uniform("skew", request.path) < 0.5 else -1)
    wrong = format_datetime(request.now + timedelta(hours=hours), usegmt=True)
    return replace(response, headers=(*response.headers, ("Date", wrong)))


def _malformed(response: Response, request: Request) -> Response:
    """The feed cut within an item, or with bare ampersands and unclosed elements."""
    if uniform("malformed", request.path, request.now.hour) < 0.5:
        return replace(response, body=response.body[: len(response.body) * 2 // 3], etag=None)
    return replace(
        response,
        body=response.body.replace(b"<title>", b"<title><b>R&D & more: ").replace(b"</channel>", b""),
        etag=None,
    )


def _repeats(response: Response, request: Request) -> Response:
    items = _ITEM.findall(response.body)
    body = response.body.replace(b"</channel>", b"".join(items[:10] * 3) + b"</channel>")
    return replace(response, body=body, etag=None)


def _drops(response: Response, request: Request) -> Response:
    """Every second item is missing."""
    body = response.body
    for item in _ITEM.findall(body)[::2]:
        body = body.replace(item, b"")
    return replace(response, body=body, etag=None)


def _duplicates(response: Response, request: Request) -> Response:
    """One article is listed under an alias id, which the site also serves."""
    ids = list(dict.fromkeys(_ID.findall(response.body)))
    if not ids:
        return response
    known = ids[int(uniform("alias", request.path, request.now.hour) * len(ids))]
    alias = b"%09d.html" % (int(known) + ALIAS_STEP)
    return replace(response, body=response.body.replace(known + b".html", alias), etag=None)


def _huge(response: Response, request: Request) -> Response:
    """The sitemap's URLs repeated with different `?ref=`, compressed with gzip."""
    known = [loc.decode() for loc in _LOC.findall(response.body)] or [request.base + "/"]
    count = request.severity.sitemap_urls
    rows = "\n".join(f"<url><loc>{known[at % len(known)]}?ref={at}</loc></url>" for at in range(count))
    text = f'<?xml version="1.0"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</urlset>\n'
    body = gzip.compress(text.encode(), 1, mtime=0)
    return replace(response, body=body, etag=None, headers=(*response.headers, ("Content-Encoding", "gzip")))


def _robots(response: Response, request: Request) -> Response:
    """robots.txt with a rule that disallows video pages."""
    body = response.body.replace(b"User-agent: *\n", f"User-agent: *\n{VIDEO_RULE}\n".encode())
    return replace(response, body=body, etag=None)
