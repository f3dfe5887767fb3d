"""Creates the artifacts that the Prefect UI shows of a run: tables, markdown and progress bars."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.exceptions import ObjectNotFound
from prefect.runtime import deployment, flow_run

from flows.counts import count_text
from flows.data_layout import Layout
from flows.fetch.run import SourceRun
from flows.pipeline.digest import changed_rows, row_counts, to_markdown, visit_row
from flows.pipeline.health import SourceHealth
from flows.pipeline.today import health_table, today_page
from flows.settings import Settings
from flows.trends.run import Table
from flows.warehouse.publish import Check

_SHOW_EVERY_S: Final = 1.0
_KEY_LINK: Final = re.compile(r"\]\(/artifacts/(?:key/|artifact/[0-9a-f-]+#)(?P<key>[a-z0-9-]+)\)")


class RunProgress:
    """A progress artifact of the current run, made when something is shown first; shown at most once a second."""

    def __init__(self, name: str, description: str) -> None:
        self._key, self._description = f"progress-{key_of(name)}", description
        self._made: UUID | None = None
        self._shown = time.monotonic()

    def show(self, share: float) -> None:
        """Show that this part of the work is done, from 0 to 1; the end is shown by `close`."""
        percent = min(100 * share, 99.0)
        now = time.monotonic()
        if self._made is None:
            made = create_progress_artifact(percent, key=self._key, description=self._description)
            self._made = cast(UUID, made)
        elif now - self._shown >= _SHOW_EVERY_S:
            self._shown = now
            update_progress_artifact(self._made, percent)

    def close(self) -> None:
        """Show that all is done, if anything was shown."""
        if self._made:
            update_progress_artifact(self._made, 100.0)


def link_artifacts() -> None:
    """Let the description of the run's deployment link to the artifacts of this run, in place of those that `key_link`
    or an earlier run wrote. Does nothing for a run without a deployment, or whose deployment is gone."""
    if not deployment.id or not flow_run.id:
        return
    found, run = UUID(str(deployment.id)), UUID(str(flow_run.id))
    with suppress(ObjectNotFound), get_client(sync_client=True) as client:
        made = client.read_artifacts(artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run])))
        ids = {one.key: one.id for one in made if one.key}
        before = client.read_deployment(found).description or ""
        text = _KEY_LINK.sub(lambda link: _artifact_link(link, ids), before)
        if text != before:
            client.update_deployment(found, DeploymentUpdate(description=text))


def _artifact_link(link: re.Match[str], ids: dict[str, UUID]) -> str:
    key = link["key"]
    return f"](/artifacts/artifact/{ids[key]}#{key})" if key in ids else link[0]


def key_link(text: str, key: str) -> str:
    """A markdown link to the artifacts with this key; `link_artifacts` lets it lead to the last one."""
    return f"[{text}](/artifacts/key/{key})"


def visit_key(source: str) -> str:
    """The key of the artifact about a run at the source."""
    return f"ingest-{key_of(source)}"


def note_visit(visit: SourceRun) -> None:
    """One source's run: found, fetched, unchanged, refused, failed, new."""
    is_one_day = visit.started.date() == visit.ended.date()
    end = f"{visit.ended:%H:%M}" if is_one_day else f"{visit.ended:%Y-%m-%d %H:%M}"
    create_table_artifact(
        key=visit_key(visit.source),
        table=[visit_row(visit)],
        description=f"What the run at {visit.source} did, {visit.started:%Y-%m-%d %H:%M} to {end} UTC",
    )


def note_refresh(layout: Layout, before: dict[str, int], settings: Settings) -> None:
    """One refresh: today's page, and the tables whose number of rows changed."""
    changed = changed_rows(before, row_counts(layout))
    create_table_artifact(
        key="warehouse-changes",
        table=changed,
        description=f"{count_text(len(changed), 'table')} changed"
        if changed
        else "No table changed: nothing new was loaded",
    )
    now, zone = datetime.now(UTC), settings.server.zone
    create_markdown_artifact(
        key="today",
        markdown=today_page(layout, now, settings),
        description=f"Today's page, {now.astimezone(ZoneInfo(zone)):%A, %B %-d, %H:%M} ({zone})",
    )


def note_checks(checks: list[Check]) -> None:
    """The outcome of each check, failing ones first, and for each failing check the rows at fault."""
    rows = sorted(checks, key=lambda check: (not check.faults, check.level, check.name))
    create_markdown_artifact(
        key="checks",
        markdown=to_markdown(
            ("check", "level", "faults", "example"), [(c.name, c.level, c.faults, c.example or "") for c in rows]
        ),
        description=f"{count_text(len(checks), 'check')}, {sum(c.faults > 0 for c in checks)} with faults",
    )
    for check in rows:
        if check.faults:
            create_markdown_artifact(
                key=f"check-{key_of(check.name)}",
                markdown=to_markdown(check.columns, check.rows),
                description=f"{check.level}: {count_text(check.faults, 'row')} at fault, the first {len(check.rows)}",
            )


def note_health(sources: list[SourceHealth], settings: Settings) -> None:
    """The state of every source: what is wrong, since when, and what to do; times in the zone of the server."""
    zone, explorer = settings.server.zone, settings.explorer.address
    issues = sum(one.state != "good" for one in sources)
    create_markdown_artifact(
        key="source-health",
        markdown=health_table(sources, ZoneInfo(zone), explorer) if sources else "No source is enabled.",
        description=f"{count_text(len(sources), 'source')}, {issues} with issues; times in {zone}",
    )


def note_table(key: str, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Rows of a trend's table under the trend's question; "none" if there are no rows."""
    text = to_markdown(table.columns, rows) if rows else "none"
    create_markdown_artifact(key=key, markdown=text, description=table.trend.question)


def key_of(name: str) -> str:
    """A name as an artifact key, in which Prefect allows no underscores."""
    return name.replace("_", "-")
