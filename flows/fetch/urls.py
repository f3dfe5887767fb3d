"""Normalizes URLs: the canonical URL of a page, and URLs without secrets for logs and archives."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from flows.sources import Source

_TRACKING = re.compile(
    r"^(utm_.*|ref|ref_src|ref_url|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|"
    r"mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok|cmpid|cmp|ocid|s_cid|ncid|icid|smid|taid|__twitter_impression|"
    r"ftag|sr_share|soc_src|soc_trk|outputtype|amp)$",
    re.IGNORECASE,
)
_SECRET_KEY = re.compile(
    r"(^|[_-])(token|key|apikey|auth|authorization|sig|signature|password|passwd|pwd|secret|session|sessionid|sid|jwt)$",
    re.IGNORECASE,
)
_SECRET_VALUE = re.compile(r"^eyJ[\w-]{8,}\.[\w-]+\.")
_DEFAULT_PORT = {"http": 80, "https": 443}
_UNRESERVED = re.compile(r"%(2[dDeE]|5[fF]|7[eE]|3[0-9]|[46][1-9a-fA-F]|[57][0-9aA])")
_PLAIN = "%/:=&?~+!$,;'@()*[]|"  # not escaped; everything else except letters and digits is
_REDACTED = "REDACTED"
_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|pdf|docx?|xlsx?|zip|gz|mp[34]|m3u8|mov|avi|wav|woff2?|ttf|ics)$"
)
MAX_URL = 2000
_CACHE_SIZE = 8192  # the lists of a site name the same pages repeatedly


@lru_cache(_CACHE_SIZE)
def absolute(base: str, link: str) -> str | None:
    """The absolute URL of a link on page `base`; None if it is not a valid http(s) URL of at most 2000 characters."""
    cleaned = re.sub(r"[\t\r\n]", "", link.strip())
    if not cleaned or len(cleaned) > MAX_URL:
        return None
    try:
        joined = urljoin(base, cleaned)
        parts = urlsplit(joined)
        valid = parts.scheme in _DEFAULT_PORT and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return _escape(joined, f"{_PLAIN}#") if valid else None


@lru_cache(_CACHE_SIZE)
def canonical(url: str, hint: str | None = None) -> str:
    """The canonical URL of a page: lower-case host; no default port, fragment, userinfo, tracking or AMP form.

    `hint` is the rel=canonical of the page; it is used if it names a page of the same site other than the home page.
    A malformed URL is returned unchanged.
    """
    hinted = absolute(url, hint) if hint else None
    if hinted and _bare_host(hinted) == _bare_host(url) and (len(urlsplit(hinted).path) > 1 or _is_home(url)):
        url = hinted
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host = _host(parts)
    if not host or parts.scheme.lower() not in _DEFAULT_PORT:
        return url
    if port and port != _DEFAULT_PORT[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = _path(parts.path)
    return urlunsplit((parts.scheme.lower(), host, path, _query(parts.query), ""))


@lru_cache(_CACHE_SIZE)
def redact(url: str) -> str:
    """The URL without userinfo and secret query values, so that it can be logged and archived."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    query = "&".join(_redact_pair(pair) for pair in parts.query.split("&")) if parts.query else ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, parts.fragment))


def is_redacted(url: str) -> bool:
    """Whether a secret was removed from the URL, so that it cannot be requested again."""
    return f"={_REDACTED}" in url


def origin(url: str) -> str:
    """Scheme, host and port of a URL, the scope of a robots.txt. Raises ValueError for a URL without a host."""
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError(f"no host in {redact(url)}")
    return urlunsplit((parts.scheme.lower(), host_port(url), "", "", ""))


@lru_cache(_CACHE_SIZE)
def host_port(url: str) -> str:
    """Lower-case host, with a port other than the default of the scheme: the scope of rate limit and lock."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port and parts.port != _DEFAULT_PORT.get(parts.scheme.lower()) else host


def is_file(url: str) -> bool:
    """Whether a path ends like a picture, feed, sitemap, document or script, and so is no article."""
    return bool(_FILE.search(urlsplit(url).path.lower()))


def belongs(url: str, source: Source) -> bool:
    """Whether a URL is a page of `source`: one of its hosts or a subdomain; on the home page's host also its port."""
    parts = urlsplit(url)
    return _is_at_host(parts.hostname or "", parts.port, source.home, source.hosts)


@lru_cache(_CACHE_SIZE)
def _is_at_host(host: str, port: int | None, home: str, hosts: frozenset[str]) -> bool:
    at_home = urlsplit(home)
    host = host.lower().removeprefix("www.")
    if host == (at_home.hostname or "").lower().removeprefix("www.") and port != at_home.port:
        return {port, at_home.port} <= {None, 80, 443}
    while host:
        if host in hosts:
            return True
        host = host.partition(".")[2]
    return False


def _bare_host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    return re.sub(r"^(www|m|amp|mobile)\.", "", host)


def _is_home(url: str) -> bool:
    return len(urlsplit(url).path) <= 1


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    host = re.sub(r"^(amp\.)+(?=[^.]+\.[^.]+)", "www.", host)
    return f"[{host}]" if ":" in host else host


def _escape(text: str, plain: str = _PLAIN) -> str:
    """Percent-encode everything except letters, digits and `plain`; a lone surrogate becomes U+FFFD."""
    return quote(re.sub("[\ud800-\udfff]", "\ufffd", text), safe=plain)


def _path(path: str) -> str:
    """Resolve dot segments, decode needless escapes, add required ones, remove AMP suffixes."""
    path = _escape(path)
    path = re.sub(r"%[0-9a-fA-F]{2}", lambda code: code[0].upper(), path)
    path = _UNRESERVED.sub(lambda code: chr(int(code[1], 16)), path)
    if "/." in path:
        tail = "/" if path.endswith(("/", "/.", "/..")) else ""
        path = posixpath.normpath(path).replace("//", "/").rstrip("/") + tail
    path = re.sub(r"(\.amp)+(?=\.html?$)", "", path)
    path = re.sub(r"(/amp|(?<=[^/])\.amp)+(/?)$", r"\2", path)
    return path or "/"


def _query(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        names = parse_qsl(pair, keep_blank_values=True)
        if names and not _TRACKING.match(names[0][0]):
            kept.append(_escape(pair))
    return "&".join(kept)


def _redact_pair(pair: str) -> str:
    key, _, value = pair.partition("=")
    return f"{key}={_REDACTED}" if value and (_SECRET_KEY.search(key) or _SECRET_VALUE.match(value)) else pair
