"""Normalizes URLs: the canonical URL of a page, and URLs without secrets for logs and archives."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from flows.captures import original_url
from flows.hosts import ascii_host
from flows.sources import Source

_TRACKING = re.compile(
    r"^(utm_.*|ref|ref_src|ref_url|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|msclkid|"
    r"yclid|twclid|ttclid|li_fat_id|epik|igshid|igsh|mibextid|fb_action_ids|fb_action_types|fb_source|fb_ref|"
    r"_openstat|_branch_match_id|_branch_referrer|s_kwcid|ef_id|"
    r"mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|hsa_.*|mkt_tok|vero_id|oly_(anon|enc)_id|sfmc_.*|ml_subscriber(_hash)?|"
    r"(pk|piwik|mtm|matomo)_.*|itm_.*|at_(medium|campaign|custom\d*|link.*|ptr_.*|bbc_team|format)|wt\.\w+|"
    r"cmpid|cmp|ac_cid|ocid|s_cid|ncid|icid|int_?cid|int_?cmp|smid|smtyp|taid|__twitter_impression|"
    r"ftag|sr_share|soc_src|soc_trk|\.tsrc|guccounter|guce_referrer(_sig)?|outputtype|amp|"
    r"ns_(campaign|mchannel|source|linkname|fee)|xtor|xts|wpisrc|wpmm|itid|carta-url|srnd|sref|leadsource|mbid|tpcc|"
    r"emc|referringsource|searchresultposition|ipid|nxsparam|gnt-cfr|gca-(cat|uir|epti|ft|ds)|feedtype|feedname|"
    r"sharedviareport|link_source|taboola_.*|tblci|obclid|outbrain_.*|ob_click_id|dicbo|"
    r"__hs(tc|sc|fp)|hsctatracking|ysclid|syclid|ymclid|wickedid|rb_clickid|rdt_cid|sccid|irclickid|irgwc|cj(event|data)|"
    r"zanpid|tduid|vero_conv|trk_(contact|msg|module|sid)|trkcampaign|nr_email_referer|bxid|cndid|hash[abc]|ito|"
    r"cm_(mmc\w*|ven|cat|pla|ite|lm)|wt_mc|elq(track|trackid|campaignid|aid|at|ak)?|_bta_(tid|c)|dm_i|_k[ex]|__s|"
    r"__(cft|xts)__(\[\d*\])?|__tn__|_?amp_(js_v|gsa|lite|ct|kit|tf|source_origin)|__amp_source_origin|_amp|noamp|usqp|aoh|"
    r"sc_(cid|src|uid|lid|eh)|tbref|intlink_from_url|link_location|cn-track|gdf(ms|trk|fi)|nlid|emailid|oborigurl|wprov|"
    r"linkid|sf\d{6,}|hss_channel|cx_\w+|mkcid|mkevt|mkrid|trackingid|spm|eref|hpt|reflink|gps-source|"
    r"phpsessid|jsessionid)$",
    re.IGNORECASE,
)
# Keys that one publisher uses for tracking and another for its content; there the value decides, or the host.
_TRACKING_VALUE = re.compile(
    r"^(cid=(sm|eml?|email|soc|social|rss|nl|newsletter|edlink|bf|referral|public-rss)[_.:-]"
    r"|(source|src|partner|via)=(rss|feed|email|newsletter|twitter|facebook)$)",
    re.IGNORECASE,
)
_TRACKING_AT = {
    "barrons.com": {"mod", "st"}, "marketwatch.com": {"mod", "st"}, "wsj.com": {"mod", "st"}, "msn.com": {"cvid", "ei"},
    "npr.org": {"ft"}, "washingtonpost.com": {"pml", "tid"},
    "nytimes.com": {
        "action", "campaign_id", "clicksource", "hp", "instance_id", "module", "nl", "partner", "pgtype", "region",
        "regi_id", "segment_id", "smprod", "te", "unlocked_article_code", "user_id",
    },
}  # fmt: skip
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
# Around a URL in a list: blanks, quotes, and characters without width.
_AROUND = " \t\r\n\f\v\"'<>\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff"
_SCHEME_SLIP = re.compile(r"^(?:https?:?//+)*(https?)(?::/{1,4}|//+)(?=[^/])", re.IGNORECASE)
_MORE_SLASHES = re.compile(r"^(https?:)/{3,}", re.IGNORECASE)
MAX_URL = 2000
_CACHE_SIZE = 8192  # the lists of a site name the same pages repeatedly


@lru_cache(_CACHE_SIZE)
def absolute(base: str, link: str) -> str | None:
    """The absolute URL of a link on page `base`, its host as IDNA, without userinfo; a backslash in its path is a
    slash and further slashes before its host do not count (WHATWG). None if it is not a valid http(s) URL of at most
    2000 characters."""
    cleaned = re.sub(r"[\t\r\n]", "", link.strip())
    if "\\" in cleaned:
        cleaned = re.sub(r"^[^?#]*", lambda path: path[0].replace("\\", "/"), cleaned)
    if not cleaned or len(cleaned) > MAX_URL:
        return None
    try:
        parts = urlsplit(urljoin(base, _MORE_SLASHES.sub(r"\1//", cleaned)))
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORT or host is None or port == 0:
        return None
    return _escape(urlunsplit(parts._replace(netloc=_netloc(host, port))), f"{_PLAIN}#")


def base_url(url: str, tree: LexborHTMLParser) -> str:
    """What the links of the HTML page at `url` are relative to: its `base` element, else the URL itself."""
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href") or "") if node else None) or url


def listed_url(base: str, text: str) -> str | None:
    """The URL that an entry of the feed or sitemap at `base` names, as `absolute` gives it. Quotes and invisible
    characters around it, a second escaping of `&`, and a scheme written twice or with a wrong number of slashes are
    slips; a name of the same host without a scheme is no relative path."""
    link = text.strip(_AROUND).replace("&amp;", "&")
    link = _SCHEME_SLIP.sub(r"\1://", link)
    first = link.partition("/")[0].lower()
    is_host = "." in first and first.removeprefix("www.") == host_port(base).removeprefix("www.")
    return absolute(base, f"//{link}" if is_host else link)


def _netloc(host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return f"{bracketed}:{port}" if port else bracketed


@lru_cache(_CACHE_SIZE)
def canonical(url: str, hint: str | None = None) -> str:
    """The canonical URL of a page: lower-case host; no default port, fragment, userinfo, tracking or AMP form.

    `hint` is the rel=canonical of the page; it is used if it names a page of the same site other than the home page.
    The canonical URL of a web archive's capture is that of the page captured. A malformed URL is returned unchanged.
    """
    url, hint = original_url(url), original_url(hint) if hint else None
    hinted = absolute(url, hint) if hint else None
    if hinted and _bare_host(hinted) == _bare_host(url) and (len(urlsplit(hinted).path) > 1 or _is_home(url)):
        url = hinted
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    host, scheme = _host(parts), parts.scheme.lower()
    if not host or scheme not in _DEFAULT_PORT:
        return url
    netloc = _netloc(host, port if port != _DEFAULT_PORT[scheme] else None)
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query, host), ""))


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
    """Lower-case host, with a port other than the default of the scheme: the scope of rate limit and lock. Empty for a
    malformed URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}" if port and port != _DEFAULT_PORT.get(parts.scheme.lower()) else host


def is_file(url: str) -> bool:
    """Whether a path ends like a picture, feed, sitemap, document or script, and so is no article."""
    return bool(_FILE.search(urlsplit(url).path.lower()))


def belongs(url: str, source: Source) -> bool:
    """Whether a URL is a page of `source`: one of its hosts or a subdomain; on the home page's host also its port."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return _is_at_host(host, port, source.home, source.hosts)


@lru_cache(_CACHE_SIZE)
def _is_at_host(host: str, port: int | None, home: str, hosts: frozenset[str]) -> bool:
    at_home = urlsplit(home)
    host = (ascii_host(host) or "").removesuffix(".").removeprefix("www.")
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
    host = (ascii_host(parts.hostname or "") or "").rstrip(".")
    return re.sub(r"^(amp\.)+(?=[^.]+\.[^.]+)", "www.", host)


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
    path = re.sub(r"(/+amp|(?<=[^/.])\.amp)+(/?)$", r"\2", path)
    path = re.sub(r"(\.amp)+(?=\.html?$)", "", path)
    return path or "/"


def _query(query: str, host: str) -> str:
    kept = []
    for pair in query.split("&"):
        pair = pair.removeprefix("amp;")  # of a URL that was escaped twice
        names = parse_qsl(pair, keep_blank_values=True)
        if names and not _is_tracking(names[0][0], pair, host):
            kept.append(_escape(pair))
    return "&".join(kept)


def _is_tracking(key: str, pair: str, host: str) -> bool:
    site = ".".join(host.rsplit(".", 2)[-2:])
    is_at_site = key.lower() in _TRACKING_AT.get(site, ())
    return is_at_site or bool(_TRACKING.match(key) or _TRACKING_VALUE.match(pair))


def _redact_pair(pair: str) -> str:
    key, _, value = pair.partition("=")
    return f"{key}={_REDACTED}" if value and (_SECRET_KEY.search(key) or _SECRET_VALUE.match(value)) else pair
