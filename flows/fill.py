"""The fill flow: archives what sources posted on days that were not observed, loads it, says what stays missing."""

from __future__ import annotations

from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.clock import SystemClock
from flows.counts import count_text
from flows.data_layout import Layout
from flows.pipeline.asked_pages import Asked, Job, Wanted, ask_for_pages
from flows.pipeline.gap_fill import fill_gaps, find_gaps
from flows.pipeline.progress import report
from flows.pipeline.source_runs import chosen_sources
from flows.refresh import run_refresh
from flows.run_log import fails_with_cause, log, name_result, run_name
from flows.settings import load_settings
from flows.sources import load_sources


def _run_name() -> str:
    return run_name("fill", load_settings().server.zone)


def _job(data: str) -> Job:
    return Job(Layout.at(data), load_settings(), load_sources(), SystemClock(), log, report)


@task(name="fill gaps", task_run_name="fill the gaps of {source}", cache_policy=NO_CACHE)
def fill_source(source: str, data: str, since: date | None, until: date | None) -> Asked:
    """Archive what one source posted in its gaps; logs each gap, and what could not be fetched."""
    gaps = find_gaps(Layout.at(data), [source], since, until)
    for gap in gaps:
        log(gap.describe())
    asked = fill_gaps(_job(data), gaps)
    for line in asked.describe():
        log(line)
    return asked


@flow(name="fill", flow_run_name=_run_name)
@fails_with_cause
def fill(data: str, sources: list[str] | None = None, since: date | None = None, until: date | None = None) -> Asked:
    """Fill the days on which the sources (default: all enabled) were not observed, one source after the other, then
    load and publish."""
    total = Asked()
    for source in chosen_sources(load_sources(), sources):
        total.add(fill_source(source.name, data, since, until))
    run_refresh(data)
    return total


@flow(name="fetch list", flow_run_name=_run_name)
@fails_with_cause
def fetch_list(data: str, pages: list[tuple[str, date | None]]) -> Asked:
    """Fetch the pages of a list (URL, day) from their sites or the web archive, then load and publish."""
    asked = ask_for_pages(_job(data), [Wanted(url, day) for url, day in pages])
    for line in asked.describe():
        log(line)
    name_result(count_text(asked.fetched + asked.captures, "page"))
    run_refresh(data)
    return asked
