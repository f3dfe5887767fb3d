"""Runs at many sources: one that fails stops no other, one host is asked by one run at a time."""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.errors import ConfigError, Transient
from flows.fetch.run import SourceRun
from flows.pipeline import source_runs
from flows.pipeline.source_runs import (
    Ingested,
    SourcesFailed,
    chosen_sources,
    describe_outcome,
    failure,
    progress_of,
    run_checked_source,
    run_sources,
)
from flows.settings import Identity, Settings
from flows.sources import Source, SourceCatalog

AT = datetime(2026, 11, 27, 14, tzinfo=UTC)


def source(name: str, home: str = "http://127.0.0.1:1/", **rest: object) -> Source:
    return Source.model_validate(
        {"name": name, "kind": "site", "title": name, "home": home, "zone": "UTC", "delay_s": 0, **rest}
    )


def settings(contact: str = "editor@station.example.net") -> Settings:
    return Settings(identity=Identity(user_agent="newsvane/0.1", contact=contact))


def ran(name: str, **counts: int) -> SourceRun:
    run = SourceRun(name, AT, AT)
    for field, count in counts.items():
        setattr(run, field, count)
    return run


def test_a_failing_source_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_one(source: Source, *_: object) -> SourceRun:
        if source.name == "busy":
            raise Transient("another run holds the source", source="busy")
        if source.name == "broken":
            raise KeyError("title")
        return ran(source.name, fetched=1, new=1)

    monkeypatch.setattr(source_runs, "run_checked_source", run_one)
    ended: list[str] = []
    chosen = [source(name) for name in ("busy", "broken", "fine")]  # all on one host: later ones wait for earlier ones
    ingested = run_sources(chosen, settings(), Layout.at(tmp_path), {}, lambda source, _: ended.append(source.name))
    assert ended == ["busy", "broken", "fine"]
    assert ingested.failures == {"busy": "another run holds the source", "broken": "KeyError: 'title'"}
    assert [run.source for run in ingested.read] == ["fine"]
    with pytest.raises(SourcesFailed, match=r"2 of 3 sources failed: broken: KeyError.*; busy: another run"):
        ingested.checked()


def test_hosts_run_side_by_side_and_one_host_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, at_host, most_at_host, most = threading.Lock(), dict[str, int](), 0, 0

    def run_one(source: Source, *_: object) -> SourceRun:
        nonlocal most_at_host, most
        with lock:
            at_host[source.home] = at_host.get(source.home, 0) + 1
            most_at_host, most = max(most_at_host, at_host[source.home]), max(most, sum(at_host.values()))
        time.sleep(0.05)
        with lock:
            at_host[source.home] -= 1
        return ran(source.name, fetched=1)

    monkeypatch.setattr(source_runs, "run_checked_source", run_one)
    chosen = [source(f"s{number}", f"http://127.0.0.1:{1 + number % 10}/") for number in range(30)]
    ingested = run_sources(chosen, settings(), Layout.at(tmp_path), {}, lambda *_: None)
    assert len(ingested.runs) == 30
    assert most_at_host == 1
    assert most > 3


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (ran("s", fetched=3, new=2, failed=1), None),  # one page failed, the source was read
        (ran("s", refused=3), None),  # refused is an answer
        (ran("s"), None),
        (ran("s", failed=1), "no request was answered"),
        (Transient("busy", source="s"), "busy"),
        (ValueError("bug"), "ValueError: bug"),
    ],
)
def test_a_source_failed_if_nothing_was_answered(outcome: SourceRun | Exception, reason: str | None) -> None:
    assert failure("s", outcome) == reason


@pytest.mark.parametrize("home", ["https://api.weather.gov/", "https://weather.gov/"])
@pytest.mark.parametrize("contact", ["please-set-contact@example.org", "https://example.com/bot", "a@station.example"])
def test_a_placeholder_contact_never_goes_to_nws(tmp_path: Path, home: str, contact: str) -> None:
    chosen = source("weather", home, kind="nws")
    with pytest.raises(ConfigError, match=r"nothing was requested: .*set identity\.contact in .*newsvane\.toml"):
        run_checked_source(chosen, settings(contact), Layout.at(tmp_path / "data"), {})
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("contact", ["editor@kq2.com", "https://newsroom.org/crawler", "me@myexample.org"])
def test_a_real_contact_is_no_placeholder(contact: str) -> None:
    assert not settings(contact).identity.is_placeholder


def test_the_description_names_counts_reasons_and_the_next_command() -> None:
    run = ran("kqtv", found=2, new=1, failed=1, skipped=1)
    run.messages = ["feed https://kq2.example/feed: failed, no answer"]
    assert describe_outcome(source("kqtv", "https://kq2.example/"), run) == [
        "kqtv: 2 found, 1 new, 0 changed, 0 unchanged, 0 refused, 1 failed, 1 skipped",
        "  feed https://kq2.example/feed: failed, no answer",
        "  next: newsvane sources check https://kq2.example/",
    ]
    run.messages = [f"page {number}" for number in range(60)]
    assert describe_outcome(source("kqtv"), run)[-2] == "  and 10 more"


def test_the_counts_add_up_with_pages_due_before_and_lists_apart() -> None:
    site = ran("town", found=5, due_before=2, new=6, due=1, closings=1)
    assert describe_outcome(source("town"), site) == [
        "town: 5 found, 2 due before, 6 new, 0 changed, 0 unchanged, 0 refused, 0 failed, 1 due, 1 closings list"
    ]
    assert describe_outcome(source("nws"), ran("nws", weather=12)) == ["nws: 12 weather responses, 0 refused, 0 failed"]
    assert Ingested([site, ran("nws", weather=12)], {"dead": "no answer"}).describe() == (
        "6 new, 12 weather responses, 1 failed"
    )


def test_progress_counts_requests_and_those_to_come() -> None:
    run = ran("town", exchanges=3, due=900, new=2)
    progress = progress_of(source("town", "https://town.example/", delay_s=5), run, settings())
    assert (progress.task, progress.done, progress.total, progress.unit) == ("town", 3, 503, "requests")
    assert progress.waiting == "town.example: one request every 5 s; 2 new"


def test_sources_failed_survives_pickling() -> None:
    failed = SourcesFailed(Ingested([ran("fine", fetched=1)], {"dead": "no answer"}))
    again = pickle.loads(pickle.dumps(failed))
    assert str(again) == str(failed) == "1 of 2 sources failed: dead: no answer"
    assert again.ingested.failures == {"dead": "no answer"}


@pytest.mark.parametrize(
    ("names", "message"),
    [(["off"], "is disabled: resting"), (["onn"], "did you mean 'on'"), (None, "no source is enabled")],
)
def test_the_choice_of_sources_is_checked(names: Sequence[str] | None, message: str) -> None:
    off = source("off", enabled=False, disabled_reason="resting")
    catalog = SourceCatalog({"off": off, **({"on": source("on")} if names else {})}, {})
    with pytest.raises(ConfigError, match=message):
        chosen_sources(catalog, names)
