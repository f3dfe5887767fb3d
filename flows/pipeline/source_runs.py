"""Runs many sources side by side, hosts in threads, and collects what each run did or why it failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.pool import ThreadPool
from queue import SimpleQueue
from typing import Final
from urllib.parse import urlsplit

from flows.counts import count_text
from flows.data_layout import Layout
from flows.errors import ConfigError, NewsvaneError
from flows.fetch.run import SourceRun, run_source
from flows.fetch.urls import host_port, redact
from flows.pipeline.progress import Progress, Report, ignore
from flows.settings import Settings, config_dir
from flows.sources import Place, Source, SourceCatalog

MAX_HOSTS: Final = 64  # hosts visited at the same time: most of a run is waiting for its host's rate limit
_MESSAGES_SHOWN: Final = 50
_NWS_DOMAIN: Final = "weather.gov"
Outcome = SourceRun | BaseException
RunOne = Callable[[Source], SourceRun]


class SourcesFailed(NewsvaneError):
    """Some sources could not be read; the runs of the others are in `ingested`."""

    def __init__(self, ingested: Ingested) -> None:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in sorted(ingested.failures.items()))
        total = len(ingested.failures) + len(ingested.read)
        super().__init__(f"{len(ingested.failures)} of {count_text(total, 'source')} failed: {reasons}")
        self.ingested = ingested

    def __reduce__(self) -> tuple[object, ...]:
        return SourcesFailed, (self.ingested,)


@dataclass(slots=True)
class Ingested:
    """The runs that ended, in order of their end, and source -> reason for each source that could not be read: its run
    raised an error, or no request was answered."""

    runs: list[SourceRun] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def read(self) -> list[SourceRun]:
        """The runs of sources that could be read."""
        return [run for run in self.runs if run.source not in self.failures]

    @property
    def new(self) -> int:
        """New articles at all sources."""
        return sum(run.new for run in self.runs)

    def describe(self) -> str:
        """What came, in a few words: `12 new, 1 failed`."""
        weather = sum(run.weather for run in self.runs)
        parts = [f"{self.new} new"] if self.new or not weather else []
        parts += [f"{weather} weather responses"] if weather else []
        return ", ".join(parts + ([f"{len(self.failures)} failed"] if self.failures else []))

    def add(self, source: str, outcome: Outcome) -> None:
        """Add the end of one source's run."""
        if isinstance(outcome, SourceRun):
            self.runs.append(outcome)
        if reason := failure(source, outcome):
            self.failures[source] = reason

    def checked(self) -> Ingested:
        """Itself; raises SourcesFailed if any source failed."""
        if self.failures:
            raise SourcesFailed(self)
        return self


def chosen_sources(catalog: SourceCatalog, names: Sequence[str] | None) -> list[Source]:
    """The sources of these names, all enabled ones if there are none; raises ConfigError for an unknown or disabled
    source."""
    chosen = [catalog.by_name(name) for name in names] if names else catalog.enabled
    if not chosen:
        raise ConfigError(
            "no source is enabled: list them with `newsvane sources`, add one with `newsvane sources new SITE`"
        )
    for source in chosen:
        if not source.enabled:
            raise ConfigError(f"source '{source.name}' is disabled: {source.disabled_reason}")
    return chosen


def run_checked_source(
    source: Source,
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    progress: Callable[[SourceRun], None] | None = None,
) -> SourceRun:
    """Run one source once. Raises ConfigError, before any request, if the source is the National Weather Service and
    the contact is a placeholder; Transient as `run_source` does."""
    host = urlsplit(source.home).hostname or ""
    if settings.identity.is_placeholder and f".{host}".endswith(f".{_NWS_DOMAIN}"):
        raise ConfigError(
            f"nothing was requested: {_NWS_DOMAIN} requires a real contact, and '{settings.identity.contact}' is a "
            f"placeholder: set identity.contact in {config_dir() / 'newsvane.toml'}",
            source=source.name,
        )
    return run_source(source, settings, layout, places, progress=progress)


def run_sources(
    sources: Sequence[Source],
    settings: Settings,
    layout: Layout,
    places: dict[str, Place],
    on_end: Callable[[Source, Outcome], None],
    progress: Report = ignore,
) -> Ingested:
    """Run every source once, hosts side by side, the sources of one host one after another; `on_end` is called in the
    calling thread at the end of each, `progress` in the threads of the runs. An error at one source stops no other."""

    def run_one(source: Source) -> SourceRun:
        progress(start_of(source))
        return run_checked_source(
            source, settings, layout, places, lambda run: progress(progress_of(source, run, settings))
        )

    ingested = Ingested()
    for source, outcome in _outcomes(by_host(sources), run_one):
        ingested.add(source.name, outcome)
        on_end(source, outcome)
    return ingested


def start_of(source: Source) -> Progress:
    """The progress of a run that begins."""
    return Progress(source.name, 0, None, "requests", f"robots.txt and lists of {host_port(source.home)}")


def progress_of(source: Source, run: SourceRun, settings: Settings) -> Progress:
    """The progress of one source's run: exchanges made, and those with the pages that are still due in this run."""
    delay_s, done = source.delay(settings.limits), run.exchanges
    return Progress(
        source.name,
        done,
        done + min(run.due, source.page_limit(settings.limits)),
        "requests",
        f"{host_port(source.home)}{f': one request every {delay_s:g} s' if delay_s else ''}; {run.new} new",
    )


def by_host(sources: Iterable[Source]) -> list[list[Source]]:
    """The sources grouped by the host of their home page, in the order given."""
    hosts: dict[str, list[Source]] = {}
    for source in sources:
        hosts.setdefault(host_port(source.home), []).append(source)
    return list(hosts.values())


def _outcomes(hosts: list[list[Source]], run_one: RunOne) -> Iterator[tuple[Source, Outcome]]:
    """The outcomes in order of their end. The threads are daemons: an interrupt ends the program at once, and the next
    run recovers the archive files that were being written."""
    ended: SimpleQueue[tuple[Source, Outcome]] = SimpleQueue()
    with ThreadPool(max(1, min(len(hosts), MAX_HOSTS))) as pool:

        def start(waiting: list[Source]) -> None:
            source, *rest = waiting

            def end(outcome: Outcome) -> None:
                ended.put((source, outcome))
                if rest:
                    start(rest)

            pool.apply_async(run_one, (source,), callback=end, error_callback=end)

        for waiting in hosts:
            start(waiting)
        for _ in range(sum(map(len, hosts))):
            yield ended.get()


def failure(source: str, outcome: Outcome) -> str | None:
    """Why a source could not be read, None if it could."""
    if isinstance(outcome, NewsvaneError):
        return str(outcome).removeprefix(f"{source}: ")
    if isinstance(outcome, BaseException):
        return f"{type(outcome).__name__}: {outcome}"
    if outcome.failed and not outcome.fetched:
        return outcome.messages[0] if outcome.messages else "no request was answered"
    return None


def describe_outcome(source: Source, outcome: Outcome) -> list[str]:
    """The counts of a run, its reasons and the next command, one line each; of an error, its cause."""
    reason = failure(source.name, outcome)
    if not isinstance(outcome, SourceRun):
        return [f"{source.name}: failed: {reason}"]
    lines = [_counts(outcome), *(f"  {message}" for message in outcome.messages[:_MESSAGES_SHOWN])]
    if len(outcome.messages) > _MESSAGES_SHOWN:
        lines.append(f"  and {len(outcome.messages) - _MESSAGES_SHOWN} more")
    if reason:
        lines.append(f"  next: newsvane sources check {redact(source.home)}")
    return lines


def _counts(run: SourceRun) -> str:
    """The counts of a run; `found` and what was due before are new, have another outcome, or are due still."""
    articles = ("new", "changed", "unchanged") if run.found or not run.weather else ()
    rare = [name for name in ("gone", "unsafe", "skipped", "due") if getattr(run, name)]
    counts = [f"{getattr(run, name)} {name}" for name in (*articles, "refused", "failed", *rare)]
    pages = [f"{run.found} found"] if articles else []
    pages += [f"{run.due_before} due before"] if run.due_before else []
    if run.weather:
        pages.insert(0, f"{run.weather} weather {'response' if run.weather == 1 else 'responses'}")
    if run.closings:
        counts.append(f"{run.closings} closings {'list' if run.closings == 1 else 'lists'}")
    return f"{run.source}: " + ", ".join([*pages, *counts])
