"""Parses a robots.txt file and finds the rule that decides on a URL (RFC 9309)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAX_BYTES = 500 * 1024  # RFC 9309 2.5: at least 500 KiB must be read
_MAX_RULES = 20_000
_MAX_SITEMAPS = 1000
_FIELDS = {"useragent": "user-agent", "crawldelay": "crawl-delay", "sitemap": "sitemap"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One allow or disallow line: its normalized path pattern, and its text in the file."""

    allow: bool
    pattern: str
    text: str

    def matches(self, path: str) -> bool:
        """Whether the pattern matches the start of a path: `*` is any text, a final `$` the end. Takes linear time."""
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
        path = normalize_path(parts.path or "/") + (f"?{normalize_path(parts.query)}" if parts.query else "")
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
    """
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    parser = _Parser()
    for line in re.split(r"\r\n|\r|\n", text):
        parser.add(*_line(line))
    return parser.robots


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
                self.robots.sitemaps.append(value)
        elif self._group is None:
            return  # a rule before the first agent applies to nobody
        elif key in ("allow", "disallow"):
            self._add_rule(self._group, key, value)
        elif key == "crawl-delay" and (delay := _seconds(value)) is not None:
            self._group.crawl_delay = delay  # not a rule in the RFC: it does not end the list of agents

    def _add_agent(self, value: str) -> None:
        if self._group is None or self._has_rules:
            self._group, self._has_rules = _Group(), False
            self.robots.groups.append(self._group)
        self._group.agents.add(_agent(value))

    def _add_rule(self, group: _Group, key: str, value: str) -> None:
        self._has_rules = True
        self._rules += 1
        if value and self._rules <= _MAX_RULES:
            group.rules.append(Rule(key == "allow", normalize_path(value), f"{key.title()}: {value[:200]}"))


def normalize_path(path: str) -> str:
    """Normalize a path or pattern for comparison (RFC 9309 2.2.2): decode unreserved escapes, uppercase the others."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match[0][1:], 16))
        return char if re.fullmatch(r"[A-Za-z0-9._~-]", char) else match[0].upper()

    escaped = "".join(char if " " < char < "\x7f" else _escape(char) for char in path)
    return re.sub(r"%[0-9a-fA-F]{2}", one, escaped)


def _escape(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def _line(line: str) -> tuple[str, str]:
    key, colon, value = line.partition("#")[0].partition(":")
    if not colon:
        return "", ""
    key = key.strip().lower()
    return _FIELDS.get(re.sub(r"[\s_-]", "", key), key), value.strip()


def _agent(value: str) -> str:
    """The product token of a user-agent line, without its version."""
    if value.startswith("*"):
        return "*"
    token = re.match(r"[A-Za-z_-]+", value)
    return token[0].lower() if token else "\0"


def _seconds(value: str) -> float | None:
    match = re.match(r"\d{1,9}(\.\d{1,6})?", value)
    return float(match[0]) if match else None
