"""Parses a robots.txt file and finds the rule that decides on a URL (RFC 9309)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from urllib.parse import urlsplit

from flows.errors import ShapeError

MAX_BYTES = 500 * 1024  # RFC 9309 2.5: at least 500 KiB must be read
_MAX_RULES = 20_000
_MAX_SITEMAPS = 1000
_MAX_DELAY_S = 30 * 24 * 3600.0
_LIKENESS = 0.8  # of a misspelled key; `allow` is 0.77 like `disallow`
_FIELDS = {"useragent": "user-agent", "crawldelay": "crawl-delay", "sitemap": "sitemap", "allow": "allow"}
_REFUSING = {"disallow": "disallow", "useragent": "user-agent"}  # these are read in any common misspelling
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
# Characters that are compared in their escaped form: the operators of a pattern, and what separates parts of a URL.
_KEEP_ESCAPED = frozenset("*$%#/?")


@dataclass(frozen=True, slots=True)
class Rule:
    """One allow or disallow line: its normalized path pattern, and its text in the file."""

    allow: bool
    pattern: str
    text: str

    def matches(self, path: str) -> bool:
        """Whether the pattern matches the start of a path: `*` is any text, a final `$` the end, or a `$` of the path.
        Takes linear time."""
        is_literal = self.pattern.endswith("$") and path.endswith("%24")
        return self._matches(path) or (is_literal and self._matches(path.removesuffix("%24")))

    def _matches(self, path: str) -> bool:
        pattern, anchored = self.pattern, self.pattern.endswith("$")
        pieces = pattern.removesuffix("$").split("*")
        if not path.startswith(pieces[0]):
            return False
        at = len(pieces[0])
        if len(pieces) == 1:
            return not anchored or at == len(path)
        for piece in pieces[1:-1]:
            at = path.find(piece, at)
            if at < 0:
                return False
            at += len(piece)
        last = pieces[-1]
        return len(path) - len(last) >= at and path.endswith(last) if anchored else path.find(last, at) >= 0


@dataclass(slots=True)
class _Group:
    agents: set[str] = field(default_factory=set)
    rules: list[Rule] = field(default_factory=list)
    crawl_delay: float | None = None


@dataclass(slots=True)
class Robots:
    """A parsed robots.txt: groups in file order, and the sitemaps it names."""

    groups: list[_Group] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)

    def decide(self, url: str, token: str) -> tuple[bool, str]:
        """Whether `token` may fetch `url`, and the text of the deciding rule.

        The longest matching pattern wins; between an allow and a disallow of equal length, allow wins (2.2.2).
        /robots.txt itself is always allowed.
        """
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        path = normalize(path.replace("*", "%2A").replace("$", "%24"))
        if path == "/robots.txt":
            return True, "robots.txt is always allowed"
        matching = [rule for group in self._groups_for(token) for rule in group.rules if rule.matches(path)]
        if not matching:
            return True, "no rule matches"
        rule = max(matching, key=lambda rule: (len(rule.pattern), rule.allow))
        return rule.allow, rule.text

    def crawl_delay(self, token: str) -> float | None:
        """The Crawl-delay of the token's groups in seconds, the longest if there are several; None without one."""
        delays = [group.crawl_delay for group in self._groups_for(token) if group.crawl_delay is not None]
        return max(delays, default=None)

    def _groups_for(self, token: str) -> list[_Group]:
        """All groups of the most specific agent (the token, or its prefix before a hyphen), else of `*` (2.2.1)."""
        named = {
            agent
            for group in self.groups
            for agent in group.agents
            if token.lower() == agent or token.lower().startswith(f"{agent}-")
        }
        best = max(named, key=len, default="*")
        return [group for group in self.groups if best in group.agents]


def parse(body: bytes) -> Robots:
    """Parse the first 500 KiB of a robots.txt: any line endings, a BOM and comments; unknown lines are ignored.

    A line cut by the limit is dropped. A group's agents are the consecutive user-agent lines before its first rule.
    Raises ShapeError for a body that is no text: its rules are unknown, so it must not count as a file without rules.
    """
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    parser = _Parser()
    for line in re.split(r"\r\n|\r|\n", _text(body)):
        parser.add(*_line(line))
    return parser.robots


def _text(body: bytes) -> str:
    """The text of a file: by its BOM, as UTF-16 if every other byte is NUL, else UTF-8. Other bytes are kept as lone
    surrogates, because a pattern may name a path in any encoding."""
    bom, encoding = next(((bom, name) for bom, name in _BOMS if body.startswith(bom)), (b"", _unmarked(body)))
    body = body.removeprefix(bom)
    text = body.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    if "\0" in text.rstrip("\0"):
        raise ShapeError("robots.txt is not text (it has NUL bytes)")
    return text


def _unmarked(body: bytes) -> str:
    """The encoding of a file without a BOM: UTF-16 where half of the bytes are NUL, else UTF-8."""
    if body and not body[1::2].strip(b"\0") and len(body) > 1:
        return "utf-16-le"
    return "utf-16-be" if body and not body[::2].strip(b"\0") else "utf-8"


@dataclass(slots=True)
class _Parser:
    robots: Robots = field(default_factory=Robots)
    _group: _Group | None = None
    _has_rules: bool = False
    _rules: int = 0

    def add(self, key: str, value: str) -> None:
        if key == "user-agent":
            self._add_agent(value)
        elif key == "sitemap":
            if value and len(self.robots.sitemaps) < _MAX_SITEMAPS:
                self.robots.sitemaps.append(_printable(value))
        elif self._group is None:
            return  # a rule before the first agent applies to nobody
        elif key in ("allow", "disallow"):
            self._add_rule(self._group, key, value)
        elif key == "crawl-delay" and (delay := _seconds(value)) is not None:
            # not a rule in the RFC: it does not end the list of agents
            self._group.crawl_delay = max(delay, self._group.crawl_delay or 0.0)

    def _add_agent(self, value: str) -> None:
        if self._group is None or self._has_rules:
            self._group, self._has_rules = _Group(), False
            self.robots.groups.append(self._group)
        self._group.agents.add(_agent(value))

    def _add_rule(self, group: _Group, key: str, value: str) -> None:
        self._has_rules = True
        self._rules += 1
        if value and self._rules <= _MAX_RULES:
            text = f"{key.title()}: {_printable(value)[:200]}"
            group.rules.append(Rule(key == "allow", _pattern(value), text))


def _pattern(value: str) -> str:
    """The normalized pattern of a rule: `*` stays an operator everywhere, `$` at the end only."""
    anchored = value.endswith("$")
    return normalize(value.removesuffix("$").replace("$", "%24")) + ("$" if anchored else "")


def normalize(path: str) -> str:
    """Normalize a path or pattern for comparison (RFC 9309 2.2.2), so that a character equals its escape.

    Escapes of printable ASCII are decoded, except those of `*`, `$`, `%`, `#`, and before the query `/` and `?`; all
    else is escaped as UTF-8 octets.
    """
    before, question, query = path.partition("?")
    return _normalize(before, _KEEP_ESCAPED) + question + _normalize(query, _KEEP_ESCAPED - set("/?"))


def _normalize(text: str, keep_escaped: frozenset[str]) -> str:
    def one(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if "!" <= char <= "~" and char not in keep_escaped else match[0].upper()

    text = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", text)
    escaped = "".join(char if "!" <= char <= "~" else _escape(char) for char in text)
    return re.sub(r"%([0-9a-fA-F]{2})", one, escaped)


def _escape(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"%{ord(char) - 0xDC00:02X}"  # an octet that is not UTF-8
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def _printable(value: str) -> str:
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _line(line: str) -> tuple[str, str]:
    """Key and value of a line. A refusal counts in its common misspellings, and with a blank in place of the colon."""
    key, colon, value = line.partition("#")[0].strip().partition(":")
    if not colon:
        words = re.fullmatch(r"(user[\s_-]?agent|\S+)\s+(\S+)", key, re.IGNORECASE)
        key, value = words.groups() if words else ("", "")
    name = _field(re.sub(r"[\s_\ufeff\u200b-]", "", key.lower())[:40])  # a BOM where files were joined
    is_read = bool(colon) or name not in ("allow", "sitemap")
    return (name, value.strip()) if is_read else ("", "")


@lru_cache(4096)
def _field(key: str) -> str:
    """The name of the field that a key (without blanks, hyphens and underscores) means."""
    if key in _FIELDS:
        return _FIELDS[key]
    for name, meant in _REFUSING.items():
        # the first letter is always right: `Allow` must not become a refusal
        is_near = key[:1] == name[:1] and len(key) <= len(name) + 3
        if key.startswith(name) or (is_near and SequenceMatcher(None, key, name).ratio() >= _LIKENESS):
            return meant
    return key


def _agent(value: str) -> str:
    """The product token of a user-agent line, without its version; `*` only where it stands alone."""
    if re.match(r"\*(\s|$)", value):
        return "*"
    token = re.match(r"[A-Za-z_-]+", value)
    return token[0].lower() if token else "\0"


def _seconds(value: str) -> float | None:
    match = re.match(r"[0-9]{1,9}(?:[.,][0-9]{1,6})?|[.,][0-9]{1,6}", value)
    return min(float(match[0].replace(",", ".")), _MAX_DELAY_S) if match else None
