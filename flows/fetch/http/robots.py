"""The Robots Exclusion Protocol (RFC 9309): one file's rules, and which of them decides on a URL."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAX_BYTES = 500 * 1024  # RFC 9309 2.5: at least 500 KiB must be read
_MAX_RULES = 20_000
_FIELDS = {"useragent": "user-agent", "crawldelay": "crawl-delay", "sitemap": "sitemap"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One allow or disallow line: its path pattern in normal form, and how it stands in the file."""

    allow: bool
    pattern: str
    text: str

    def matches(self, path: str) -> bool:
        """Whether the pattern matches a path from its start; `*` is any run, a last `$` the end. Linear in length."""
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
        """Whether `token` may fetch `url`, and the text of the rule that says so.

        The longest matching pattern wins, allow where an allow and a disallow are equally long (2.2.2);
        /robots.txt itself is always allowed.
        """
        parts = urlsplit(url)
        path = normal_path(parts.path or "/") + (f"?{normal_path(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True, "robots.txt is always allowed"
        matching = [rule for group in self._groups_for(token) for rule in group.rules if rule.matches(path)]
        if not matching:
            return True, "no rule matches"
        rule = max(matching, key=lambda rule: (len(rule.pattern), rule.allow))
        return rule.allow, rule.text

    def crawl_delay(self, token: str) -> float | None:
        """Seconds between requests that the token's group asks for, the longest where it asks twice."""
        delays = [group.crawl_delay for group in self._groups_for(token) if group.crawl_delay is not None]
        return max(delays, default=None)

    def _groups_for(self, token: str) -> list[_Group]:
        """All groups of the most specific agent (the token, or what it extends with a hyphen), else of `*` (2.2.1)."""
        named = {
            agent
            for group in self.groups
            for agent in group.agents
            if token.lower() == agent or token.lower().startswith(f"{agent}-")
        }
        best = max(named, key=len, default="*")
        return [group for group in self.groups if best in group.agents]


def parse(body: bytes) -> Robots:
    """Read a robots.txt as sent: any line ends, a BOM, comments, unknown and broken lines passed over; 500 KiB of it.

    A line cut by the limit is dropped. A group's agents are the user-agent lines in a row before its first rule.
    """
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    robots = Robots()
    group: _Group | None = None
    ruled = False
    count = 0
    for line in re.split(r"\r\n|\r|\n", text):
        key, value = _line(line)
        if key == "user-agent":
            if group is None or ruled:
                group, ruled = _Group(), False
                robots.groups.append(group)
            group.agents.add(_agent(value))
        elif key in ("allow", "disallow") and group is not None:
            ruled = True
            count += 1
            if value and count <= _MAX_RULES:
                group.rules.append(Rule(key == "allow", normal_path(value), f"{key.title()}: {value[:200]}"))
        elif key == "crawl-delay" and group is not None:  # not a rule of the RFC: it must not end the agent lines
            group.crawl_delay = _seconds(value) if _seconds(value) is not None else group.crawl_delay
        elif key == "sitemap" and value and len(robots.sitemaps) < 1000:
            robots.sitemaps.append(value)
    return robots


def normal_path(path: str) -> str:
    """A path or pattern as RFC 9309 2.2.2 compares them: unreserved escapes decoded, the others in upper case."""

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
    """The product token of a user-agent line; a version after it does not count."""
    if value.startswith("*"):
        return "*"
    token = re.match(r"[A-Za-z_-]+", value)
    return token[0].lower() if token else "\0"


def _seconds(value: str) -> float | None:
    match = re.match(r"\d{1,9}(\.\d{1,6})?", value)
    return float(match[0]) if match else None
