"""The maintain flow: removes old snapshots, checkpoints the warehouse and runs its checks, every night."""

from __future__ import annotations

from prefect import flow

from flows.artifacts import note_checks
from flows.counts import count_text
from flows.data_layout import Layout
from flows.events import emit_failed_checks
from flows.killed_runs import run_again
from flows.pipeline.warehouse_maintenance import Maintained, maintain_warehouse
from flows.run_log import fails_with_cause, log, log_problem, name_result, run_name
from flows.settings import load_settings


def _run_name() -> str:
    return run_name("maintenance", load_settings().server.zone)


@flow(name="maintain", flow_run_name=_run_name, on_crashed=[run_again])
@fails_with_cause
def maintain(data: str) -> Maintained:
    """Maintain the warehouse of a data folder once. Raises CheckFailed at the end if a check at level fail found
    faults."""
    done = maintain_warehouse(Layout.at(data), load_settings().publish, log)
    note_checks(list(done.checks))
    emit_failed_checks(list(done.checks), data)
    for line in done.describe():
        log(line)
    for problem in done.problems:
        log_problem(problem)
    name_result(f"{count_text(len(done.removed), 'snapshot')} removed")
    return done.checked()
