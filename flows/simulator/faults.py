"""Chooses which requests of a site get a fault, and which: seeded, bounded and counted by kind."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.simulator.rng import uniform

Role = Literal["article", "index", "feed", "sitemap", "robots", "closings", "other"]
Template = Literal["wordpress", "blox"]

# Faults of the connection, status, body or headers; they fit any response.
TRANSPORT = (
    "refused", "reset", "hang", "drip", "too_many", "too_many_retry_after", "error_500", "error_502", "error_503",
    "truncated_gzip", "wrong_length", "lying_charset", "redirect_loop", "redirect_private", "redirect_file",
    "bomb", "endless", "etag_changes", "etag_sticks", "clock_skew",
)  # fmt: skip
PAGES = ("soft_404", "cookie_wall")
FEEDS = ("malformed_feed", "feed_repeats", "feed_drops")
BY_ROLE: dict[Role, tuple[str, ...]] = {
    "article": TRANSPORT + PAGES,
    "index": (*TRANSPORT, *PAGES, "duplicate_ids"),
    "feed": (*TRANSPORT, *FEEDS, "duplicate_ids"),
    "sitemap": (*TRANSPORT, "huge_sitemap"),
    "robots": (*TRANSPORT, "robots_changes"),
    "closings": TRANSPORT,
    "other": TRANSPORT,
}
KINDS = tuple(dict.fromkeys(kind for kinds in BY_ROLE.values() for kind in kinds))
HARMLESS = frozenset(["etag_changes", "etag_sticks", "clock_skew"])  # the body arrives complete and correct


@dataclass(frozen=True, slots=True)
class Severity:
    """How severe the faults are: durations in seconds, sizes in bytes. Defaults are realistic; tests lower them."""

    hang_s: float = 60.0
    drip_pause_s: float = 1.0
    refuse_s: float = 0.5
    retry_after_s: int = 5
    bomb_bytes: int = 1 << 30
    endless_bytes: int = 1 << 34
    sitemap_urls: int = 200_000
    skew_hours: float = 31.0
    private_host: str = "127.0.0.2"


class Faults:
    """Chooses a fault for each request by a hash of (seed, path, attempt).

    `rates` gives the share of requests per kind. Without it all kinds that fit the request's role are equally likely
    and sum to `rate`. One path gets at most `in_a_row` faults in a row and at most `bound` in all, so every page is
    delivered eventually. From local midnight of `redesign_on` all pages use the template `redesign_to`. `counts`
    holds the number of faults applied per kind.
    """

    def __init__(
        self,
        seed: int = 5,
        rate: float = 0.1,
        rates: Mapping[str, float] | None = None,
        *,
        in_a_row: int = 2,
        bound: int = 20,
        severity: Severity | None = None,
        redesign_on: date | None = None,
        redesign_to: Template = "wordpress",
    ) -> None:
        _check(rates or {})
        self.seed, self.rate, self.rates = seed, rate, dict(rates) if rates is not None else None
        self.in_a_row, self.bound = in_a_row, bound
        self.severity = severity or Severity()
        self.redesign_on, self.redesign_to = redesign_on, redesign_to
        self.counts: Counter[str] = Counter()
        self._attempts: Counter[str] = Counter()
        self._faulted: Counter[str] = Counter()
        self._streak: Counter[str] = Counter()
        self._lock = threading.Lock()

    def choose(self, path: str, role: Role) -> str | None:
        """Choose and count the fault for the next request of a path; None for no fault."""
        with self._lock:
            attempt = self._attempts[path]
            self._attempts[path] += 1
            if self._streak[path] >= self.in_a_row or self._faulted[path] >= self.bound:
                self._streak[path] = 0
                return None
            kind = self._pick(uniform(self.seed, path, attempt), role)
            if kind is None:
                self._streak[path] = 0
                return None
            self._streak[path] += 1
            self._faulted[path] += 1
            self.counts[kind] += 1
            return kind

    def is_redesigned(self, local_day: date) -> bool:
        """Whether pages use the new template on that local day."""
        return self.redesign_on is not None and local_day >= self.redesign_on

    def _pick(self, draw: float, role: Role) -> str | None:
        kinds = BY_ROLE[role]
        for kind in kinds:
            part = self.rate / len(kinds) if self.rates is None else self.rates.get(kind, 0.0)
            if draw < part:
                return kind
            draw -= part
        return None


def role_of(path: str) -> Role:
    """The role of a path of the site."""
    fixed: dict[str, Role] = {"/robots.txt": "robots", "/feed.xml": "feed", "/closings.html": "closings", "/": "index"}
    if path in fixed:
        return fixed[path]
    if path.startswith("/sitemap"):
        return "sitemap"
    if path.startswith("/content/") or path.endswith(("/", ".html")):
        return "article"
    return "index" if path.count("/") == 1 else "other"


def _check(kinds: Iterable[str]) -> None:
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"unknown fault '{kind}': choose from {', '.join(KINDS)}")
